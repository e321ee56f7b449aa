package io.headrace.kernel.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Frozen forms, one a line. A test that differs from its file shows a break of old checkpoints. */
final class GoldenFile {
    private GoldenFile() {}

    static void require(String name, List<String> lines) throws IOException {
        try (InputStream in = GoldenFile.class.getResourceAsStream(name)) {
            String golden = in == null ? "" : new String(in.readAllBytes(), StandardCharsets.UTF_8);
            assertThat(String.join("\n", lines) + "\n").as(name).isEqualTo(golden);
        }
    }
}
