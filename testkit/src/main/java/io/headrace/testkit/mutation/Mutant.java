package io.headrace.testkit.mutation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One wrong change of one source file, as a unified diff behind lines of the form {@code # name:
 * value}. What a hunk expects must stand in the file exactly once, wherever that is: the numbers
 * behind {@code @@} are not read. So a change elsewhere in the file does not matter, and one of the
 * very lines is noticed.
 *
 * @param name of the patch, without its ending
 * @param source where such a mistake was made, or {@code own}
 * @param killer the suite that has to notice it
 * @param median how many seeds that took, the median of several starts
 * @param file the source file, from the root of the project
 */
record Mutant(
        String name, String source, String killer, int median, String file, List<Hunk> hunks) {
    /** Lines that are expected, and what replaces them. */
    record Hunk(List<String> expected, List<String> replacement) {}

    /**
     * Reads a patch.
     *
     * @throws IllegalArgumentException if anything in it is not understood
     */
    static Mutant parse(String name, List<String> lines) {
        Map<String, String> header = new HashMap<>();
        List<Hunk> hunks = new ArrayList<>();
        String file = null;
        for (String line : lines) {
            if (line.startsWith("# ") && file == null) {
                String[] parts = line.substring(2).split(": ", 2);
                header.put(parts[0], parts[1]);
            } else if (line.startsWith("+++ b/") && file == null) {
                file = line.substring("+++ b/".length());
            } else if (line.startsWith("@@")) {
                hunks.add(new Hunk(new ArrayList<>(), new ArrayList<>()));
            } else if (!hunks.isEmpty()) {
                add(name, hunks.get(hunks.size() - 1), line);
            } else if (!line.startsWith("--- a/")) {
                throw new IllegalArgumentException(name + " has the line: " + line);
            }
        }
        if (file == null || hunks.isEmpty()) {
            throw new IllegalArgumentException(name + " changes nothing");
        }
        return new Mutant(
                name,
                required(name, header, "source"),
                required(name, header, "killed-by"),
                Integer.parseInt(required(name, header, "median")),
                file,
                List.copyOf(hunks));
    }

    private static String required(String name, Map<String, String> header, String key) {
        if (!header.containsKey(key)) {
            throw new IllegalArgumentException(name + " has no line: # " + key + ": …");
        }
        return header.get(key);
    }

    private static void add(String name, Hunk hunk, String line) {
        char kind = line.isEmpty() ? ' ' : line.charAt(0);
        String text = line.isEmpty() ? "" : line.substring(1);
        switch (kind) {
            case ' ' -> {
                hunk.expected().add(text);
                hunk.replacement().add(text);
            }
            case '-' -> hunk.expected().add(text);
            case '+' -> hunk.replacement().add(text);
            default -> throw new IllegalArgumentException(name + " has the line: " + line);
        }
    }

    /**
     * Returns the changed text of the file.
     *
     * @throws IllegalStateException if a hunk does not fit at exactly one place
     */
    String apply(String original) {
        String changed = original.replace("\r\n", "\n");
        for (Hunk hunk : hunks) {
            String expected = String.join("\n", hunk.expected()) + "\n";
            int at = changed.indexOf(expected);
            if (at < 0 || changed.indexOf(expected, at + 1) >= 0) {
                throw new IllegalStateException(
                        "%s: %s in %s: bring the patch up to date, its lines are%n%s"
                                .formatted(
                                        name,
                                        at < 0 ? "is not" : "is more than once",
                                        file,
                                        expected));
            }
            String replacement = String.join("\n", hunk.replacement()) + "\n";
            changed =
                    changed.substring(0, at)
                            + replacement
                            + changed.substring(at + expected.length());
        }
        return changed;
    }

    /** Returns after how many seeds the suite must have noticed. */
    int limit() {
        return 10 * Math.max(1, median);
    }
}
