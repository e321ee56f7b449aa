package io.headrace.testkit.mutation;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.CRC32;

/**
 * The sources that are tested, as a seed: the same sources run the same cases wherever they are
 * built, and whatever changes in them runs others.
 */
public final class Sources {
    private Sources() {}

    /**
     * Returns the seed from which a build draws its cases.
     *
     * @param longer the property that asks for more cases than a build runs; if it is set, they are
     *     drawn anew each time
     */
    public static long seed(String longer) {
        return System.getProperty(longer) == null
                ? checksum(Path.of("").toAbsolutePath().getParent())
                : new SecureRandom().nextLong() >>> 16;
    }

    /** Returns a number of 32 bits that follows from all sources of all modules. */
    static long checksum(Path project) {
        CRC32 checksum = new CRC32();
        try (Stream<Path> modules = Files.list(project)) {
            for (Path module :
                    modules.filter(each -> Files.exists(each.resolve("pom.xml")))
                            .sorted()
                            .toList()) {
                add(checksum, module.resolve("src"));
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        return checksum.getValue();
    }

    private static void add(CRC32 checksum, Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            return;
        }
        List<Path> files;
        try (Stream<Path> all = Files.walk(directory)) {
            files = all.filter(each -> each.toString().endsWith(".java")).sorted().toList();
        }
        for (Path file : files) {
            String text = Files.readString(file);
            checksum.update(text.replace("\r", "").getBytes(UTF_8)); // As on every system.
        }
    }
}
