package io.headrace.examples;

import io.headrace.Job;
import io.headrace.Pipeline;
import io.headrace.connectors.files.Files;
import io.headrace.engine.EmbeddedRunner;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;

/** The program of the README: copies the large payments of a CSV file, each of them once. */
public final class LargePayments {
    private LargePayments() {}

    // tag::readme[]
    record Payment(long id, Instant time, String account, BigDecimal amount) {}

    static void run(Path directory) throws InterruptedException {
        Pipeline pipeline = Pipeline.create("large-payments");
        pipeline.readFrom(Files.csv(directory.resolve("payments.csv"), Payment.class))
                .filter(payment -> payment.amount().compareTo(new BigDecimal("1000")) > 0)
                .writeTo(Files.jsonLinesTo(directory.resolve("large"), Payment.class));

        try (Job job = EmbeddedRunner.with(directory.resolve("state")).start(pipeline)) {
            job.await();
        }
    }

    // end::readme[]

    /**
     * Runs the program.
     *
     * @param arguments the directory that holds {@code payments.csv}; without it, the current one
     */
    public static void main(String[] arguments) throws InterruptedException {
        run(Path.of(arguments.length == 0 ? "" : arguments[0]));
    }
}
