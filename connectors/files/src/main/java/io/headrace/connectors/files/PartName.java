package io.headrace.connectors.files;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The identity of a part: no other part ever has it.
 *
 * @param lineage the id of the lineage
 * @param owner the fencing epoch of the process that wrote it
 * @param subtask the subtask that wrote it
 * @param number counts the parts of the subtask, from 1 on
 */
record PartName(String lineage, long owner, int subtask, long number) {
    private static final String PENDING_PREFIX = ".inprogress-";
    private static final String FINAL_PREFIX = "part-";
    private static final Pattern FORM =
            Pattern.compile(
                    "(?:\\.inprogress-|part-)"
                            + "([0-9a-f]{16})-([0-9]{1,18})-([0-9]{1,9})-([0-9]{1,18})(?:\\..*)?");

    String pendingName() {
        return PENDING_PREFIX + digits();
    }

    String finalName(String extension) {
        return FINAL_PREFIX + digits() + "." + extension;
    }

    private String digits() {
        return lineage + "-" + owner + "-" + subtask + "-" + number;
    }

    /** Reads either name of a part; empty if a file is none. */
    static Optional<PartName> parse(String fileName) {
        Matcher matcher = FORM.matcher(fileName);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        return Optional.of(
                new PartName(
                        matcher.group(1),
                        Long.parseLong(matcher.group(2)),
                        Integer.parseInt(matcher.group(3)),
                        Long.parseLong(matcher.group(4))));
    }

    static boolean isPending(String fileName) {
        return fileName.startsWith(PENDING_PREFIX);
    }
}
