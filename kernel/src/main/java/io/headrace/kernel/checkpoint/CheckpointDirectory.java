package io.headrace.kernel.checkpoint;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * The checkpoints of one job below one directory of a store.
 *
 * <p>A checkpoint is durable once {@link Attempt#publish} has returned. An id is never used twice,
 * also if its attempt was given up or the process died. <b>Threading.</b> One thread, except {@link
 * Attempt#writeState}, which any thread may call.
 */
public final class CheckpointDirectory {
    private final Store store;

    /**
     * Opens the directory and creates it if it is not there.
     *
     * @param store locked by the caller for this process
     */
    public CheckpointDirectory(Store store) throws IOException {
        this.store = store;
    }

    /** Begins a checkpoint under a new id, which is durably taken. */
    public Attempt begin() throws IOException {
        throw new UnsupportedOperationException(store.toString());
    }

    /** Returns the newest checkpoint of which every byte verifies; skips what is torn. */
    public Optional<Stored> newestVerifying() throws IOException {
        throw new UnsupportedOperationException();
    }

    /** Returns the ids of everything that is there, also of attempts, in their order. */
    public List<Long> ids() throws IOException {
        throw new UnsupportedOperationException();
    }

    /** Deletes everything older than an id, which must be that of a durable checkpoint. */
    public void retire(long keepFrom) throws IOException {
        throw new UnsupportedOperationException();
    }

    /**
     * A checkpoint that verifies.
     *
     * @param directory for {@link StateFile#read}
     */
    public record Stored(long id, String directory, Manifest manifest) {}

    /** A checkpoint that is being written. */
    public interface Attempt {
        /** Returns the id, for {@link Manifest.Head#epoch()}. */
        long id();

        /** Writes and syncs one file of state. Any thread; blocks. */
        FileEntry writeState(StepSchema schema, KeyGroupBuffers buffers) throws IOException;

        /**
         * Writes the manifest. The checkpoint is durable when the call returns.
         *
         * @throws IOException if it is not known to be durable: give the attempt up
         */
        Stored publish(Manifest manifest) throws IOException;

        /** Gives the attempt up and deletes its files; its id stays taken. */
        void abort() throws IOException;
    }
}
