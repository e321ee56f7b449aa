package io.headrace.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.Job;
import io.headrace.JobMetrics;
import io.headrace.Pipeline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Splits of which a fifth have four fifths of all records. */
@Timeout(120)
class SkewedSplitsTest {
    private static final int SPLITS = 100;
    private static final int LARGE_SPLITS = 20;
    private static final int RECORDS = 200_000;
    private static final int PARALLELISM = 4;

    /** Where the large splits are among the others. */
    enum Place {
        FIRST {
            @Override
            boolean isLarge(int split) {
                return split < LARGE_SPLITS;
            }
        },
        LAST {
            @Override
            boolean isLarge(int split) {
                return split >= SPLITS - LARGE_SPLITS;
            }
        },
        /** Dealt out in turn, all of them would come to one reader. */
        EVERY_FOURTH {
            @Override
            boolean isLarge(int split) {
                return split % PARALLELISM == 0 && split / PARALLELISM < LARGE_SPLITS;
            }
        };

        abstract boolean isLarge(int split);
    }

    private static List<List<Event>> splits(Place place) {
        List<List<Event>> splits = new ArrayList<>();
        for (int split = 0; split < SPLITS; split++) {
            int records =
                    place.isLarge(split)
                            ? RECORDS * 4 / 5 / LARGE_SPLITS
                            : RECORDS / 5 / (SPLITS - LARGE_SPLITS);
            splits.add(Collections.nCopies(records, new Event("k", 0, split)));
        }
        return splits;
    }

    @ParameterizedTest
    @EnumSource
    void theBusiestReaderHasLittleMoreThanItsShare(Place place) throws InterruptedException {
        List<List<Event>> splits = splits(place);
        Pipeline pipeline = Pipeline.create("skewed");
        pipeline.readFrom(new PacedReaders(ListSource.bounded(Duration.ZERO, splits), SPLITS))
                .forEach(event -> {});
        JobMetrics.StepMetrics read;
        try (Job job = EmbeddedRunner.inMemory().parallelism(PARALLELISM).start(pipeline)) {
            job.await();
            read = job.metrics().step("events");
        }

        assertThat(read.in()).isEqualTo(RECORDS);
        assertThat(read.inBySubtask()).hasSize(PARALLELISM);
        assertThat(read.inBySubtask().stream().mapToLong(Long::longValue).sum()).isEqualTo(RECORDS);
        assertThat(Collections.max(read.inBySubtask()) * PARALLELISM / (double) RECORDS)
                .as("the busiest of %s by the mean", read.inBySubtask())
                .isLessThanOrEqualTo(1.3);
    }
}
