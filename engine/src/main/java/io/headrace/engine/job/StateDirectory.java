package io.headrace.engine.job;

import io.headrace.StateRefusedException;
import io.headrace.connector.Lineage;
import io.headrace.engine.tasklet.Restored;
import io.headrace.kernel.checkpoint.CheckpointDirectory;
import io.headrace.kernel.checkpoint.LockedException;
import io.headrace.kernel.checkpoint.ManifestJson;
import io.headrace.kernel.checkpoint.Store;
import io.headrace.type.DecodeException;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The state of one job on storage: who owns it, its checkpoints, its progress.
 *
 * <p>Layout: {@code lock}, held while a process uses it; {@code owner}, the lineage and the fencing
 * epoch, which rises at each start; {@code progress}, counters that outlive a killed process;
 * {@code checkpoints/}. One thread.
 */
public final class StateDirectory implements AutoCloseable {
    private static final int OWNER_BYTES_MAX = 4096;
    private static final int MANIFEST_BYTES_MAX = 256 << 20;

    private final Store store;
    private final Closeable lock;
    private final CheckpointDirectory checkpoints;
    private final Store.Counters progress;
    private final Lineage lineage;
    private final long owner;

    private StateDirectory(
            Store store,
            Closeable lock,
            CheckpointDirectory checkpoints,
            Store.Counters progress,
            Ownership ownership) {
        this.store = store;
        this.lock = lock;
        this.checkpoints = checkpoints;
        this.progress = progress;
        this.lineage = ownership.lineage();
        this.owner = ownership.owner();
    }

    private record Ownership(Lineage lineage, long owner) {
        String text() {
            return lineage.id()
                    + " "
                    + (lineage.parentId().isEmpty() ? "-" : lineage.parentId())
                    + " "
                    + lineage.parentEpoch()
                    + " "
                    + owner
                    + "\n";
        }

        static Ownership parse(String text) {
            String[] parts = text.strip().split(" ");
            try {
                String parent = parts[1].equals("-") ? "" : parts[1];
                return new Ownership(
                        new Lineage(parts[0], parent, Long.parseLong(parts[2])),
                        Long.parseLong(parts[3]));
            } catch (RuntimeException malformed) {
                throw new DecodeException("the file owner is damaged: " + text.strip(), malformed);
            }
        }
    }

    /**
     * Takes the directory for this process: locks it and raises its fencing epoch.
     *
     * @param holder who takes it, for the message that another process gets
     * @param firstLineage the lineage if there is none yet
     * @throws StateRefusedException if another process holds it
     */
    public static StateDirectory open(Store store, String holder, Supplier<Lineage> firstLineage)
            throws IOException {
        Closeable lock = lock(store, holder);
        try {
            Ownership ownership = raiseOwner(store, firstLineage);
            CheckpointDirectory checkpoints = new CheckpointDirectory(store);
            Store.Counters progress = store.counters("progress", 3);
            return new StateDirectory(store, lock, checkpoints, progress, ownership);
        } catch (IOException | RuntimeException failed) {
            lock.close();
            throw failed;
        }
    }

    /**
     * Returns the checkpoint that a job would go on from, and leaves the directory as it is.
     *
     * @throws StateRefusedException if another process holds it, or its newest checkpoint is
     *     damaged
     */
    static Optional<Restored> peek(Store store, String holder) throws IOException {
        Closeable lock = lock(store, holder);
        try {
            return store.exists("owner")
                    ? newest(store, new CheckpointDirectory(store))
                    : Optional.empty();
        } finally {
            lock.close();
        }
    }

    private static Closeable lock(Store store, String holder) throws IOException {
        try {
            return store.lock("lock", holder);
        } catch (LockedException locked) {
            throw new StateRefusedException(
                    "the state is in use: "
                            + locked.getMessage()
                            + ". Stop that process, or choose another state directory",
                    locked);
        }
    }

    private static Ownership raiseOwner(Store store, Supplier<Lineage> firstLineage)
            throws IOException {
        Ownership raised;
        if (store.exists("owner")) {
            Ownership old =
                    Ownership.parse(
                            new String(
                                    store.read("owner", OWNER_BYTES_MAX), StandardCharsets.UTF_8));
            raised = new Ownership(old.lineage(), old.owner() + 1);
        } else {
            raised = new Ownership(firstLineage.get(), 1);
        }
        store.delete("owner.new");
        byte[] bytes = raised.text().getBytes(StandardCharsets.UTF_8);
        try (Store.FileOut out = store.create("owner.new")) {
            out.write(bytes, 0, bytes.length);
            out.sync();
        }
        store.rename("owner.new", "owner");
        store.syncDirectory("");
        return raised;
    }

    /**
     * Returns the checkpoint to go on from, if there is one.
     *
     * @throws StateRefusedException if a checkpoint that was durable is damaged: its output may be
     *     visible, so that going on from an older one would repeat it
     */
    public Optional<Restored> newest() throws IOException {
        return newest(store, checkpoints);
    }

    private static Optional<Restored> newest(Store store, CheckpointDirectory checkpoints)
            throws IOException {
        CheckpointDirectory.Scan scan = checkpoints.scan();
        if (!scan.damaged().isEmpty()) {
            throw new StateRefusedException(
                    "the newest checkpoint is damaged ("
                            + String.join("; ", scan.damaged())
                            + "): restore its files from a copy, or start over with another state"
                            + " directory");
        }
        return scan.newest()
                .map(stored -> new Restored(store, stored.directory(), stored.manifest()));
    }

    /** Reads a savepoint. */
    public static Restored savepoint(Store savepoint) throws IOException {
        try {
            byte[] manifest = savepoint.read("manifest.json", MANIFEST_BYTES_MAX);
            return new Restored(savepoint, "", ManifestJson.parse(manifest));
        } catch (java.nio.file.NoSuchFileException missing) {
            throw new StateRefusedException(
                    savepoint + " is no savepoint: it has no manifest.json", missing);
        } catch (DecodeException damaged) {
            throw new StateRefusedException(
                    savepoint + " is damaged: " + damaged.getMessage(), damaged);
        }
    }

    /** Returns the counters that outlive the process. */
    public Store.Counters progress() {
        return progress;
    }

    /** Returns the checkpoints. */
    public CheckpointDirectory checkpoints() {
        return checkpoints;
    }

    Store store() {
        return store;
    }

    /** Returns the history the job continues. */
    public Lineage lineage() {
        return lineage;
    }

    /** Returns the fencing epoch of this process. */
    public long owner() {
        return owner;
    }

    @Override
    public void close() throws IOException {
        try (lock;
                store) {
            progress.close();
        }
    }
}
