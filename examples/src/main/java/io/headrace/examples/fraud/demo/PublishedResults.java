package io.headrace.examples.fraud.demo;

import io.headrace.Job;
import io.headrace.Pipeline;
import io.headrace.connectors.files.Files;
import io.headrace.engine.EmbeddedRunner;
import io.headrace.examples.fraud.Decision;
import io.headrace.examples.fraud.FraudFiles;
import io.headrace.examples.fraud.Label;
import io.headrace.examples.fraud.Quality;
import io.headrace.formats.Csv;
import java.time.Instant;
import java.util.Arrays;

/**
 * Measures the decisions by what was published, not by what a process remembers: it survived every
 * crash. Two small pipelines read the files; memory is primitive arrays, about 30 bytes per row.
 */
final class PublishedResults {
    private final FraudFiles files;

    PublishedResults(FraudFiles files) {
        this.files = files;
    }

    /**
     * A line of the features file, as far as it is needed here.
     *
     * @param id the transaction
     * @param time when it was
     * @param customer whose card
     * @param score how suspicious it is
     * @param decision what followed
     */
    record Decided(long id, Instant time, long customer, double score, Decision decision) {}

    /** Reads labels, then features; takes seconds. */
    Quality.Figures figures() throws InterruptedException {
        Truth truth = new Truth();
        if (files.labels() != null) {
            Csv<Label> format =
                    Csv.of(Label.class).columns(files.labelColumns()).timesWithoutZoneAreUtc();
            Pipeline labels = Pipeline.create("labels");
            labels.readFrom(Files.read(files.labels(), format))
                    .forEach(label -> truth.add(label.id(), label.fraud() != 0));
            run(labels);
        }
        truth.sort();
        Quality quality = new Quality();
        Pipeline decisions = Pipeline.create("decisions");
        decisions
                .readFrom(Files.jsonLines(files.features(), Decided.class))
                .forEach(
                        decided ->
                                quality.add(
                                        decided.time().getEpochSecond(),
                                        decided.customer(),
                                        decided.score(),
                                        decided.decision(),
                                        truth.of(decided.id())));
        run(decisions);
        return quality.figures();
    }

    private static void run(Pipeline pipeline) throws InterruptedException {
        try (Job job = EmbeddedRunner.inMemory().parallelism(1).start(pipeline)) {
            job.await();
        }
    }

    /** Which transactions were frauds: sorted (id, fraud) packed into longs. One thread. */
    private static final class Truth {
        private long[] packed = new long[1024];
        private int size;

        void add(long id, boolean fraud) {
            if (size == packed.length) {
                packed = Arrays.copyOf(packed, size + size / 2);
            }
            packed[size++] = id << 1 | (fraud ? 1 : 0);
        }

        void sort() {
            Arrays.sort(packed, 0, size);
        }

        /** Returns whether any label says that it was a fraud, or null if there is no label. */
        Boolean of(long id) {
            if (contains(id << 1 | 1)) {
                return true;
            }
            return contains(id << 1) ? false : null;
        }

        private boolean contains(long label) {
            return Arrays.binarySearch(packed, 0, size, label) >= 0;
        }
    }
}
