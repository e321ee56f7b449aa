package io.headrace.connectors.files;

import io.headrace.connector.ConnectorException;
import io.headrace.connector.Enumerator;
import java.io.IOException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;

/** Finds all files at once: the set is fixed from then on, over restarts too. */
final class FileEnumerator implements Enumerator<FileSplit> {
    /** Long enough that the record at its end, which two readers touch, does not matter. */
    static final long RANGE_BYTES = 64L * 1024 * 1024;

    private static final byte NOT_DISCOVERED = 0;
    private static final byte DISCOVERED = 1;

    private final PathPattern pattern;
    private final boolean ranges;
    private boolean discovered;

    private FileEnumerator(PathPattern pattern, boolean ranges, boolean discovered) {
        this.pattern = pattern;
        this.ranges = ranges;
        this.discovered = discovered;
    }

    static FileEnumerator of(PathPattern pattern, boolean ranges, byte[] saved) {
        if (saved != null
                && (saved.length != 1 || (saved[0] != NOT_DISCOVERED && saved[0] != DISCOVERED))) {
            throw ConnectorException.fatal(
                    "the saved state of the files of " + pattern + " is damaged", null);
        }
        return new FileEnumerator(pattern, ranges, saved != null && saved[0] == DISCOVERED);
    }

    @Override
    public List<FileSplit> discover() {
        if (discovered) {
            return List.of();
        }
        List<FileSplit> splits = new ArrayList<>();
        for (Path file : pattern.find()) {
            addSplits(file, splits);
        }
        discovered = true;
        return splits;
    }

    private void addSplits(Path file, List<FileSplit> splits) {
        BasicFileAttributes attributes = attributes(file);
        String path = file.toAbsolutePath().toString(); // The next start may be somewhere else.
        long size = attributes.size();
        long modified = attributes.lastModifiedTime().toMillis();
        if (!ranges || size <= RANGE_BYTES || isGzip(file)) {
            splits.add(new FileSplit(path, size, modified, 0, size));
            return;
        }
        for (long from = 0; from < size; from += RANGE_BYTES) {
            long to = Math.min(size, from + RANGE_BYTES);
            splits.add(new FileSplit(path, size, modified, from, to));
        }
    }

    /** Returns whether the name of a file says that it is gzip. */
    static boolean isGzip(Path file) {
        return file.getFileName().toString().endsWith(".gz");
    }

    /** Reads size and time of a regular file. */
    static BasicFileAttributes attributes(Path file) {
        BasicFileAttributes attributes;
        try {
            attributes = java.nio.file.Files.readAttributes(file, BasicFileAttributes.class);
        } catch (IOException missing) {
            throw ConnectorException.fatal(
                    "cannot read " + file.toAbsolutePath() + ": " + missing, missing);
        }
        if (!attributes.isRegularFile()) {
            throw ConnectorException.fatal(
                    file.toAbsolutePath() + " is no regular file: name a file or a directory",
                    null);
        }
        return attributes;
    }

    @Override
    public boolean done() {
        return discovered;
    }

    @Override
    public byte[] snapshot() {
        return new byte[] {discovered ? DISCOVERED : NOT_DISCOVERED};
    }
}
