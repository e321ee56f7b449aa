package io.headrace.engine.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headrace.Aggregates;
import io.headrace.DataStream;
import io.headrace.Pipeline;
import io.headrace.WindowedStream;
import io.headrace.Windows;
import io.headrace.engine.Event;
import io.headrace.engine.ListSource;
import io.headrace.engine.operator.OperatorHost.Emitted;
import io.headrace.function.Side;
import io.headrace.function.WindowFn;
import io.headrace.kernel.chain.StepFailure;
import io.headrace.type.Type;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WindowOperatorTest {
    private static WindowedStream<String, Event> windows(
            Pipeline pipeline, long sizeMillis, long offsetMillis) {
        return pipeline.readFrom(ListSource.bounded(Duration.ZERO, List.of()))
                .keyBy(Event::key, Type.of(String.class))
                .window(
                        Windows.tumbling(Duration.ofMillis(sizeMillis))
                                .offset(Duration.ofMillis(offsetMillis)));
    }

    private static OperatorHost sums(long sizeMillis, long offsetMillis, long latenessMillis) {
        Pipeline pipeline = Pipeline.create("windows");
        DataStream<String> sums =
                windows(pipeline, sizeMillis, offsetMillis)
                        .allowedLateness(Duration.ofMillis(latenessMillis))
                        .lateTo(Side.of("late", Event.class))
                        .aggregate(
                                "sums",
                                Aggregates.sumLong(Event::value),
                                (key, window, sum) -> key + "@" + window.startMillis() + "=" + sum);
        return new OperatorHost(pipeline, sums, "sums");
    }

    @Test
    void firesEachWindowOnceWhenTheWatermarkReachesItsLastMillisecond() {
        OperatorHost host = sums(10, 0, 0);
        host.record("a", 3, 1);
        host.record("a", 9, 2);
        host.record("a", 10, 4);

        host.watermark(8);
        assertThat(host.emitted).isEmpty();
        host.watermark(9);

        assertThat(host.emitted).containsExactly(new Emitted("a", "a@0=3", 9));
    }

    private static OperatorHost hoppingSums() {
        Pipeline pipeline = Pipeline.create("windows");
        DataStream<String> sums =
                pipeline.readFrom(ListSource.bounded(Duration.ZERO, List.of()))
                        .keyBy(Event::key, Type.of(String.class))
                        .window(Windows.hopping(Duration.ofMillis(20), Duration.ofMillis(10)))
                        .aggregate(
                                "sums",
                                Aggregates.sumLong(Event::value),
                                (key, window, sum) -> key + "@" + window.startMillis() + "=" + sum);
        return new OperatorHost(pipeline, sums, "sums");
    }

    @Test
    void mergesRecordsThatCameTogetherWithThoseThatCameAlone() {
        OperatorHost host = hoppingSums();
        host.together(new Event("a", 3, 1), new Event("a", 4, 2));
        host.record("a", 5, 4);
        host.together(new Event("a", 9, 8), new Event("a", 2, 16));
        host.together(new Event("a", 12, 32));

        host.watermark(Long.MAX_VALUE);

        assertThat(host.values()).containsExactly("a@-10=31", "a@0=63", "a@10=32");
        assertThat(host.counters().in).isEqualTo(6);
    }

    @Test
    void takesRecordsThatCameTogetherIntoTheWindowsThatAreLeft() {
        OperatorHost host = hoppingSums();
        host.watermark(9);
        host.together(new Event("a", 3, 1), new Event("a", 4, 2));

        host.watermark(Long.MAX_VALUE);

        assertThat(host.values()).containsExactly("a@0=3");
        assertThat(host.counters().late).isZero();
    }

    @Test
    void countsEachOfTheRecordsThatCameTogetherTooLateAndShowsOne() {
        OperatorHost host = hoppingSums();
        host.watermark(19);

        host.together(new Event("a", 3, 1), new Event("a", 4, 2), new Event("a", 5, 3));

        assertThat(host.counters().in).isEqualTo(3);
        assertThat(host.counters().late).isEqualTo(3);
        assertThat(host.lateRecords())
                .singleElement()
                .satisfies(shown -> assertThat(shown).contains("time=5"));
        assertThat(host.keys()).isZero();
    }

    @Test
    void firesTheWindowsOfAKeyInTheOrderOfTime() {
        OperatorHost host = sums(10, 0, 0);
        for (long time : new long[] {35, 5, 25, 15, 6}) {
            host.record("a", time, 1);
        }

        host.watermark(1_000);

        assertThat(host.values()).containsExactly("a@0=2", "a@10=1", "a@20=1", "a@30=1");
        assertThat(host.watermarks).containsExactly(1_000L);
    }

    @Test
    void forgetsAKeyWhoseWindowsHaveFired() {
        OperatorHost host = sums(10, 0, 5);
        host.record("a", 1, 1);
        host.record("b", 12, 1);

        host.watermark(13);
        long keysBefore = host.keys();
        host.watermark(26);

        assertThat(keysBefore).isEqualTo(2);
        assertThat(host.keys()).isZero();
    }

    @Test
    void putsNegativeTimesIntoTheWindowThatContainsThem() {
        OperatorHost host = sums(10, 0, 0);
        host.record("a", -1, 1);
        host.record("a", -10, 2);
        host.record("a", -11, 4);

        host.watermark(Long.MAX_VALUE);

        assertThat(host.emitted)
                .containsExactly(new Emitted("a", "a@-20=4", -11), new Emitted("a", "a@-10=3", -1));
    }

    @Test
    void startsWindowsAtTheOffset() {
        OperatorHost host = sums(10, 3, 0);
        host.record("a", 2, 1);
        host.record("a", 3, 2);
        host.record("a", 12, 4);

        host.watermark(Long.MAX_VALUE);

        assertThat(host.values()).containsExactly("a@-7=1", "a@3=6");
    }

    @Test
    void firesAgainForARecordThatIsLateWithinTheAllowedLateness() {
        OperatorHost host = sums(10, 0, 5);
        host.record("a", 1, 1);
        host.watermark(13);

        host.record("a", 2, 2);

        assertThat(host.emitted)
                .containsExactly(new Emitted("a", "a@0=1", 9), new Emitted("a", "a@0=3", 9));
        assertThat(host.late).isEmpty();
    }

    @Test
    void handsOutARecordThatIsLateBeyondTheAllowedLatenessAndKeepsNoStateForIt() {
        OperatorHost host = sums(10, 0, 5);
        host.watermark(14);

        host.record("a", 2, 2);

        assertThat(host.emitted).isEmpty();
        assertThat(host.late).hasSize(1);
        assertThat(host.keys()).isZero();
        assertThat(host.counters().late).isEqualTo(1);
        assertThat(host.counters().in).isEqualTo(1);
    }

    @Test
    void opensAWindowForARecordThatIsFirstAndLateWithinTheAllowedLateness() {
        OperatorHost host = sums(10, 0, 5);
        host.watermark(13);

        host.record("a", 2, 2);
        host.watermark(14);

        assertThat(host.values()).containsExactly("a@0=2");
        assertThat(host.keys()).isZero();
    }

    @Test
    void goesOnFromASnapshotAsIfNothingHadHappened(@TempDir Path directory) {
        OperatorHost host = sums(10, 0, 5);
        host.record("a", 1, 1);
        host.record("a", 11, 2);
        host.record("b", 21, 4);
        host.watermark(12);

        OperatorHost restored = host.restored(directory);
        restored.record("a", 2, 8);
        restored.record("a", -5, 16);
        restored.watermark(Long.MAX_VALUE);

        assertThat(restored.values()).containsExactlyInAnyOrder("a@0=9", "a@10=2", "b@20=4");
        assertThat(restored.late).hasSize(1);
        assertThat(restored.keys()).isZero();
    }

    @Test
    void namesStepKeyAndWindowIfTheResultIsNull() {
        Pipeline pipeline = Pipeline.create("windows");
        WindowFn<String, Long, String> nothing = (key, window, sum) -> null;
        DataStream<String> sums =
                windows(pipeline, 10, 0)
                        .aggregate("sums", Aggregates.sumLong(Event::value), nothing);
        OperatorHost host = new OperatorHost(pipeline, sums, "sums");
        host.record("a", 1, 1);

        assertThatThrownBy(() -> host.watermark(9))
                .isInstanceOf(StepFailure.class)
                .hasMessageContaining("step sums")
                .hasMessageContaining("key a")
                .hasMessageContaining("window [0, 10)");
    }
}
