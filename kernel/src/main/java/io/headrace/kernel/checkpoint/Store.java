package io.headrace.kernel.checkpoint;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/**
 * The only way to durable storage: everything a checkpoint reads or writes goes through here, so
 * that a test can lose power at any call.
 *
 * <p><b>Names</b> are relative, parts are separated by {@code /}; a part is not empty, not {@code
 * .} or {@code ..}, and has no {@code \} and no control character. The directory of everything is
 * {@code ""}. <b>Threading.</b> Thread-safe; a {@link FileOut} belongs to one thread at a time.
 * <b>Durability.</b> Bytes are durable after {@link FileOut#sync()}; a name, a rename and a
 * deletion are durable after {@link #syncDirectory} of the directory that holds the name.
 *
 * <p>An {@link IOException} may be tried again where the protocol allows it. A failed sync is a
 * {@link SyncFailedException} and is never tried again.
 */
public interface Store extends Closeable {
    /**
     * Checks a name.
     *
     * @return the name
     * @throws IllegalArgumentException if it is absolute, leads out, or has a part that file
     *     systems do not agree on
     */
    static String requireName(String name) {
        boolean refused = false;
        for (String part : name.split("/", -1)) {
            refused |= part.isEmpty() || part.equals(".") || part.equals("..");
        }
        for (int i = 0; i < name.length(); i++) {
            refused |= name.charAt(i) == '\\' || Character.isISOControl(name.charAt(i));
        }
        if (refused) {
            throw new IllegalArgumentException(
                    "\"" + name + "\" is no name in a store: write parts between single /");
        }
        return name;
    }

    /**
     * Creates a file.
     *
     * @throws java.nio.file.FileAlreadyExistsException if there is one of that name
     */
    FileOut create(String name) throws IOException;

    /**
     * Opens a file for reading from its start; the caller closes it.
     *
     * @throws java.nio.file.NoSuchFileException if there is none
     */
    InputStream open(String name) throws IOException;

    /**
     * Reads a whole file.
     *
     * @param bytesMax the most bytes to accept; a longer file is an {@link IOException}
     * @throws java.nio.file.NoSuchFileException if there is none
     */
    default byte[] read(String name, int bytesMax) throws IOException {
        try (InputStream in = open(name)) {
            byte[] bytes = in.readNBytes(bytesMax);
            if (in.read() >= 0) {
                throw new IOException(name + " is longer than " + bytesMax + " bytes");
            }
            return bytes;
        }
    }

    /** Returns whether there is a file or a directory of that name. */
    boolean exists(String name) throws IOException;

    /**
     * Returns the names of what a directory holds, without the directory, sorted.
     *
     * @return empty if there is none of that name, or if it is a file
     */
    List<String> list(String directory) throws IOException;

    /** Renames a file atomically; replaces the file that had the name, if there was one. */
    void rename(String from, String to) throws IOException;

    /**
     * Gives a file its final name and never replaces another. After a crash both names may exist.
     *
     * @throws java.nio.file.FileAlreadyExistsException if there is a file of the final name
     */
    void publish(String from, String to) throws IOException;

    /**
     * Makes the names in a directory durable.
     *
     * @throws SyncFailedException if the device refuses: nothing is known about the names any more
     */
    void syncDirectory(String directory) throws IOException;

    /** Deletes a file or an empty directory; does nothing if there is none. */
    void delete(String name) throws IOException;

    /** Creates a directory and those above it, where they do not exist. */
    void createDirectories(String directory) throws IOException;

    /**
     * Takes an exclusive lock that other processes see. It is released by closing it and by the
     * death of the process.
     *
     * @param holder who takes it, for the message that the next one gets
     * @throws LockedException if it is taken; names its holder
     */
    Closeable lock(String name, String holder) throws IOException;

    /**
     * Opens counters that survive the death of the process, but not always that of the machine.
     * They start at 0. Each slot has one writer.
     *
     * @param slots how many there are; an older file of another size keeps what fits
     */
    Counters counters(String name, int slots) throws IOException;

    /** Releases what the store holds; locks and counters are closed by those who opened them. */
    @Override
    void close() throws IOException;

    /** A new file that is being written. */
    interface FileOut extends Closeable {
        /** Adds bytes at the end. */
        void write(byte[] bytes, int offset, int length) throws IOException;

        /**
         * Makes the bytes written so far durable.
         *
         * @throws SyncFailedException if the device refuses: the bytes may be lost although they
         *     can still be read, so the process must not go on
         */
        void sync() throws IOException;

        /** Closes the file, without a sync. */
        @Override
        void close() throws IOException;
    }

    /** Longs that outlive the process. Any thread reads; each slot has one writer. */
    interface Counters extends Closeable {
        /** Returns how many slots there are. */
        int slots();

        /** Returns the value of a slot. */
        long get(int slot);

        /** Stores the value of a slot. Costs about as much as a store to memory. */
        void set(int slot, long value);

        /** Releases the counters; a later call of {@code set} is lost or fails. */
        @Override
        void close() throws IOException;
    }
}
