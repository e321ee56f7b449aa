package io.headrace.engine.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.kernel.chain.LateRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LateRecordFileTest {
    @TempDir Path directory;

    @Test
    void growsToItsBoundInWholeLinesAndNoFurther() throws IOException {
        LateRecordFile file = new LateRecordFile(directory);
        LateRecord large = new LateRecord("step", "key", 1, 2, "x".repeat(1_000));
        Path written = directory.resolve(LateRecordFile.FILE);

        for (int i = 0; i < 20; i++) {
            file.accept(Collections.nCopies(100, large));
        }
        long size = Files.size(written);
        new LateRecordFile(directory).accept(List.of(large));

        assertThat(size).isBetween(LateRecordFile.SIZE_BYTES_MAX - 1_100, 1L << 20);
        assertThat(written).hasSize(size);
        assertThat(Files.readAllLines(written)).allMatch(line -> line.endsWith("\"}"));
    }
}
