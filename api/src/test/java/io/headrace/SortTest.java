package io.headrace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headrace.function.Fn;
import io.headrace.graph.Step;
import io.headrace.type.Type;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Streams that are sorted at their end, and ranges that are sampled. */
class SortTest {
    private final Pipeline pipeline = Pipeline.create("p");
    private final DataStream<Payment> payments =
            pipeline.readFrom(Described.timed(Payment.class, Payment.TIME));

    @Test
    void theStreamKeepsKeyAndTypeAndHasNoEventTime() {
        KeyedStream<Long, Payment> sorted =
                payments.keyBy(Payment::id).sort("sort", Payment::cents, 10);

        assertThat(sorted.keyType()).isEqualTo(Type.of(Long.class));
        assertThat(sorted.type()).contains(Type.of(Payment.class));
        assertThatThrownBy(() -> sorted.window(Windows.tumbling(Duration.ofHours(1))))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("window needs event time");
    }

    @Test
    void refusesInputThatDoesNotEnd() {
        DataStream<Payment> endless =
                pipeline.readFrom("endless", Described.unbounded(Payment.class, Payment.TIME));

        assertThatThrownBy(() -> endless.keyBy(Payment::id).sort("sort", Payment::cents, 10))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("sort emits when the input ends")
                .hasMessageContaining("read a bounded source");
        assertThatThrownBy(
                        () ->
                                payments.merge(endless)
                                        .keyBy(Payment::id)
                                        .sort("sort", Payment::cents, 10))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void refusesBadArgumentsOfSort() {
        KeyedStream<Long, Payment> keyed = payments.keyBy(Payment::id);

        assertThatThrownBy(() -> keyed.sort("sort", Payment::cents, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("the limit of sort is 0, must be at least 1");
        assertThatThrownBy(() -> keyed.<Long>sort("sort", null, 1))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("by");
        assertThatThrownBy(() -> keyed.sort(" ", Payment::cents, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("needs a name");
        assertThatThrownBy(
                        () ->
                                payments.<String>flatMap((payment, out) -> {})
                                        .keyBy(text -> text, Type.of(String.class))
                                        .sort("sort", text -> text, 1))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("sort needs the type of its records");
    }

    @Test
    void sampledRangesHaveTypeAndKeyAndTheirOwnParallelism() {
        KeyedStream<KeyRange, Payment> ranged =
                payments.partitionByRange("ranges", Payment::cents, 4, 100).parallelism(3);
        ranged.forEach(payment -> {});

        assertThat(ranged.keyType()).isEqualTo(Type.of(KeyRange.class));
        assertThat(ranged.type()).contains(Type.of(Payment.class));
        List<Step> steps = pipeline.graph().steps();
        Step.KeyBy keyBy = (Step.KeyBy) steps.get(3);
        assertThat(keyBy.ranges()).isEqualTo("4 of the sample ranges");
        assertThat(pipeline.graph().parallelism()).containsEntry(1, 1).containsEntry(3, 3);
        assertThatThrownBy(() -> ranged.window(Windows.tumbling(Duration.ofHours(1))))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("window needs event time");
    }

    @ParameterizedTest
    @CsvSource({
        "1, 10, 'makes 1 ranges, must be 2 to 1024'",
        "1025, 10, 'makes 1025 ranges, must be 2 to 1024'",
        "4, 0, 'has 0 records, must be 1 to 102400'",
        "4, 102401, 'has 102401 records, must be 1 to 102400'"
    })
    void refusesSamplesThatAreNone(int ranges, int sampleSize, String message) {
        assertThatThrownBy(
                        () ->
                                payments.partitionByRange(
                                        "ranges", Payment::cents, ranges, sampleSize))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
        assertThat(pipeline.readFrom("another", Described.timed(Payment.class, Payment.TIME)))
                .as("nothing was added to the pipeline")
                .extracting(stream -> stream.input.step())
                .isEqualTo(1);
    }

    @Test
    void asksForTheTypeOfTheValuesWhereItIsUnknown() {
        Fn<Payment, Long> hidden = hidden(Payment::cents);

        assertThatThrownBy(() -> payments.partitionByRange("r", hidden, 2, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("write partitionByRange(name, key, ranges, sampleSize, Type");
    }

    /** Its type cannot be read. */
    private static <T, R> Fn<T, R> hidden(Fn<T, R> function) {
        return value -> function.apply(value);
    }
}
