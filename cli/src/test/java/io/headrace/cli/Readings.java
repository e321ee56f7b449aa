package io.headrace.cli;

import io.headrace.Pipeline;
import io.headrace.connectors.files.FileSource;
import io.headrace.connectors.files.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/** Pipelines for {@code headrace run}, which copy a file to the directory {@code out} beside it. */
public final class Readings {
    private Readings() {}

    /** A row of the input. */
    public record Reading(long id, Instant time, double value) {}

    /** Copies CSV. */
    public static final class FromCsv {
        private FromCsv() {}

        /** Returns the pipeline; its argument is the input. */
        public static Pipeline pipeline(String[] arguments) {
            return copying(Files.csv(arguments[0], Reading.class), Path.of(arguments[0]));
        }
    }

    /** Copies JSON lines. */
    public static final class FromJson {
        private FromJson() {}

        /** Returns the pipeline; its argument is the input. */
        public static Pipeline pipeline(String[] arguments) {
            return copying(Files.jsonLines(arguments[0], Reading.class), Path.of(arguments[0]));
        }
    }

    private static Pipeline copying(FileSource<Reading> source, Path input) {
        Pipeline pipeline = Pipeline.create("readings");
        pipeline.readFrom("readings", source.eventTime(Reading::time, Duration.ofDays(1)))
                .writeTo("copies", Files.jsonLinesTo(input.resolveSibling("out"), Reading.class));
        return pipeline;
    }
}
