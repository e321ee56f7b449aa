package io.headrace.flink;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What a reader of a target sees. */
final class PublishedLines {
    private PublishedLines() {}

    /** Returns all lines of the published parts in a directory, sorted. */
    static List<String> sorted(Path directory) throws IOException {
        List<String> lines = new ArrayList<>();
        try (Stream<Path> parts = Files.list(directory)) {
            for (Path part : parts.filter(each -> isPublished(each)).toList()) {
                lines.addAll(Files.readAllLines(part));
            }
        }
        lines.sort(null);
        return lines;
    }

    private static boolean isPublished(Path part) {
        return Files.isRegularFile(part) && !part.getFileName().toString().startsWith(".");
    }
}
