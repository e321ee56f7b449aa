package io.headrace.examples.fraud.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.connectors.files.Files;
import io.headrace.testkit.SourceContract;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PacedSourceTest {
    record Payment(long id) {}

    @TempDir Path directory;

    @Test
    void holdsTheContractOfASourceHoweverSlowItIs() throws IOException {
        Path file = directory.resolve("payments.csv");
        java.nio.file.Files.writeString(file, "id\n1\n2\nodd\n4\n5\n");
        AtomicLong nanos = new AtomicLong();
        AtomicLong seen = new AtomicLong();
        var source =
                PacedSource.of(
                        Files.csv(file, Payment.class),
                        10,
                        () -> nanos.addAndGet(30_000_000),
                        payment -> seen.incrementAndGet());

        int read = SourceContract.of(source).verify();

        assertThat(read).isEqualTo(5);
        assertThat(seen.get()).isGreaterThan(4);
    }
}
