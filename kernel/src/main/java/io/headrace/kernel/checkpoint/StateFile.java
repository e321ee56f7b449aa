package io.headrace.kernel.checkpoint;

import java.io.IOException;

/** A file that holds the state of one step for a range of key groups. */
public final class StateFile {
    private StateFile() {}

    /**
     * Returns the name of the file for a range of key groups of a step, relative to the checkpoint.
     */
    public static String name(String step, int firstGroup, int lastGroup) {
        return String.format("%s/kg-%03d-%03d.hrs", step, firstGroup, lastGroup);
    }

    /**
     * Writes, syncs and closes a file. Its directory must exist and is not synced.
     *
     * @param directory of the checkpoint
     * @param name relative to the directory
     * @return the entry for the manifest
     */
    public static FileEntry write(
            Store store, String directory, String name, StepSchema schema, KeyGroupBuffers buffers)
            throws IOException {
        throw new UnsupportedOperationException(name);
    }

    /** Reads what a file holds without its entries. */
    public static StepSchema readSchema(Store store, String directory, FileEntry file)
            throws IOException {
        throw new UnsupportedOperationException(file.name());
    }

    /**
     * Reads the entries of a range of key groups; a file that has none of them gives nothing. A
     * subtask of another parallelism reads every file of its step with its own range.
     *
     * @throws io.headrace.type.DecodeException if a single bit of the file is not what was written;
     *     entries may have been given before
     */
    public static void read(
            Store store, String directory, FileEntry file, GroupRange range, EntryConsumer consumer)
            throws IOException {
        throw new UnsupportedOperationException(file.name());
    }

    /**
     * A range of key groups.
     *
     * @param first the first key group
     * @param last the last key group, included
     */
    public record GroupRange(int first, int last) {
        /** Returns whether the range has a key group. */
        public boolean contains(int group) {
            return group >= first && group <= last;
        }
    }
}
