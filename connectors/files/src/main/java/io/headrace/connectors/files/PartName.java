package io.headrace.connectors.files;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32;

/**
 * The identity of a part: no other part ever has it.
 *
 * @param lineage the id of the lineage
 * @param sink of the sink that wrote it, so that several can share a directory; see {@link #sink}
 * @param owner the fencing epoch of the process that wrote it
 * @param subtask the subtask that wrote it
 * @param number counts the parts of the subtask, from 1 on
 */
record PartName(String lineage, String sink, long owner, int subtask, long number) {
    private static final String PENDING_PREFIX = ".inprogress-";
    private static final String FINAL_PREFIX = "part-";
    private static final Pattern FORM =
            Pattern.compile(
                    "(?:\\.inprogress-|part-)"
                            + "([0-9a-f]{16})-([0-9a-f]{8})-"
                            + "([0-9]{1,18})-([0-9]{1,9})-([0-9]{1,18})(?:\\..*)?");

    /** Returns what stands for a sink in names: 8 digits, the checksum of the name of its step. */
    static String sink(String step) {
        CRC32 checksum = new CRC32();
        checksum.update(step.getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().toHexDigits((int) checksum.getValue());
    }

    String pendingName() {
        return PENDING_PREFIX + digits();
    }

    String finalName(String extension) {
        return FINAL_PREFIX + digits() + "." + extension;
    }

    private String digits() {
        return lineage + "-" + sink + "-" + owner + "-" + subtask + "-" + number;
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
                        matcher.group(2),
                        Long.parseLong(matcher.group(3)),
                        Integer.parseInt(matcher.group(4)),
                        Long.parseLong(matcher.group(5))));
    }

    static boolean isPending(String fileName) {
        return fileName.startsWith(PENDING_PREFIX);
    }
}
