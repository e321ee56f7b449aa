package io.headrace.examples.fraud.demo;

import java.io.IOException;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/**
 * SHA-256 of the sorted lines of all part files of a directory, in the order of bytes: what {@code
 * cat part-* | LC_ALL=C sort | sha256sum} prints. The files are mapped, not loaded.
 */
final class SortedDigest {
    private final List<MappedByteBuffer> files = new ArrayList<>();
    private Line[] lines = new Line[1024];
    private int size;

    private SortedDigest() {}

    /** A line without its end. */
    private record Line(MappedByteBuffer file, int start, int length) implements Comparable<Line> {
        @Override
        public int compareTo(Line other) {
            int common = Math.min(length, other.length);
            for (int i = 0; i < common; i++) {
                int difference =
                        Byte.compareUnsigned(file.get(start + i), other.file.get(other.start + i));
                if (difference != 0) {
                    return difference;
                }
            }
            return Integer.compare(length, other.length);
        }
    }

    /** Returns the sum in hexadecimal digits. */
    static String of(Path directory) throws IOException {
        SortedDigest digest = new SortedDigest();
        try (Stream<Path> found = Files.list(directory)) {
            for (Path file : found.sorted().toList()) {
                if (!file.getFileName().toString().startsWith(".")) {
                    digest.add(file);
                }
            }
        }
        return digest.sum();
    }

    private void add(Path file) throws IOException {
        MappedByteBuffer mapped;
        try (FileChannel channel = FileChannel.open(file)) {
            mapped = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size());
        }
        files.add(mapped);
        int start = 0;
        for (int at = 0; at < mapped.limit(); at++) {
            if (mapped.get(at) == '\n') {
                add(new Line(mapped, start, at - start));
                start = at + 1;
            }
        }
        if (start < mapped.limit()) {
            add(new Line(mapped, start, mapped.limit() - start));
        }
    }

    private void add(Line line) {
        if (size == lines.length) {
            lines = Arrays.copyOf(lines, size + size / 2);
        }
        lines[size++] = line;
    }

    private String sum() {
        Arrays.sort(lines, 0, size);
        MessageDigest digest;
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError("every Java has SHA-256", impossible);
        }
        for (int i = 0; i < size; i++) {
            Line line = lines[i];
            digest.update(line.file().slice(line.start(), line.length()));
            digest.update((byte) '\n');
        }
        return HexFormat.of().formatHex(digest.digest());
    }
}
