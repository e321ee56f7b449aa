package io.headrace.engine.tasklet;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.Pipeline;
import io.headrace.connector.EventTime;
import io.headrace.connector.Lineage;
import io.headrace.connector.WatermarkGenerator;
import io.headrace.engine.ListSource;
import io.headrace.engine.VirtualClock;
import io.headrace.engine.queue.Signal;
import io.headrace.kernel.function.OperatorClasses;
import io.headrace.kernel.plan.Plan;
import io.headrace.kernel.time.SplitTime;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SourceIntakeTest {
    private static final long HOUR = 3_600_000;
    private static final long SLICE_MILLIS = 500;

    @TempDir Path scratch;
    private final VirtualClock clock = new VirtualClock();
    private final List<String> log = new ArrayList<>();
    private Execution execution;

    private static List<io.headrace.engine.Event> events(int count, long start, long step) {
        return LongStream.range(0, count)
                .mapToObj(i -> new io.headrace.engine.Event("k", start + i * step, i))
                .toList();
    }

    private void run(ListSource source, int parallelism) throws IOException {
        Pipeline pipeline = Pipeline.create("sources");
        pipeline.readFrom(source).forEach(event -> log.add(event.time() + " @ " + watermark()));
        execution =
                Execution.create(
                        Plan.of(pipeline.graph(), parallelism),
                        new Surroundings(
                                clock,
                                List.of(new Signal()),
                                new Signal(),
                                new Lineage("0123456789abcdef", "", 0),
                                1,
                                scratch,
                                Limits.STANDARD,
                                OperatorClasses.SHARED,
                                Inspector.NONE),
                        null);
    }

    private long watermark() {
        return execution.sources().get(0).watermark();
    }

    private Subtask subtask(int index) {
        return execution.subtasks().get(index).subtask();
    }

    private void assign(int subtask, int... parts) {
        assign(subtask, false, parts);
    }

    private void assign(int subtask, boolean last, int... parts) {
        List<AssignedSplit> splits = new ArrayList<>();
        for (int part : parts) {
            splits.add(
                    new AssignedSplit(
                            new ListSource.Part("part-" + part, part), null, SplitTime.START));
        }
        subtask(subtask).mailbox().command(new Command.Assign(splits, last));
    }

    private void allAssigned() {
        execution
                .subtasks()
                .forEach(one -> one.subtask().mailbox().command(new Command.AllAssigned()));
    }

    private void step(int times) {
        for (int i = 0; i < times; i++) {
            execution.subtasks().forEach(placed -> placed.subtask().step());
        }
    }

    /** Lets time pass in slices, as a job sees it that is not held up. */
    private void pass(long millis) {
        for (long passed = 0; passed < millis; passed += SLICE_MILLIS) {
            clock.pass(Math.min(SLICE_MILLIS, millis - passed));
            step(10);
        }
    }

    private void stepUntil(BooleanSupplier condition) {
        for (int i = 0; i < 100_000; i++) {
            if (condition.getAsBoolean()) {
                return;
            }
            step(1);
        }
        throw new AssertionError("it never comes to that");
    }

    @Test
    void holdsTheWatermarkUntilAllSplitsAreAssigned() throws IOException {
        run(
                ListSource.bounded(
                        Duration.ZERO, List.of(events(600, 1_000, 1), events(600, 0, 1))),
                1);
        assign(0, 0);

        step(100);
        long before = watermark();
        assign(0, 1);
        allAssigned();
        stepUntil(() -> watermark() == Long.MAX_VALUE);

        assertThat(before).isEqualTo(Long.MIN_VALUE);
        assertThat(log).hasSize(1_200);
    }

    @Test
    void movesTheWatermarkAtTheSameRecordsWhateverThePollsGive() throws IOException {
        List<String> whole = logOf(Integer.MAX_VALUE);
        List<String> single = logOf(1);
        List<String> odd = logOf(97);

        assertThat(single).isEqualTo(whole);
        assertThat(odd).isEqualTo(whole);
        assertThat(whole).hasSize(2_000).anyMatch(line -> line.endsWith("@ 245"));
    }

    private List<String> logOf(int pollMax) throws IOException {
        log.clear();
        run(
                ListSource.bounded(Duration.ofMillis(9), List.of(events(2_000, 0, 1)))
                        .pollMax(pollMax),
                1);
        assign(0, true, 0);
        stepUntil(() -> watermark() == Long.MAX_VALUE);
        return List.copyOf(log);
    }

    @Test
    void isNotHeldBackByASplitThatHasBeenCaughtUpForFiveSeconds() throws IOException {
        run(
                ListSource.unbounded(
                        Duration.ZERO, List.of(events(10, 0, 1), events(10, 1_000, 1))),
                1);
        assign(0, 0, 1);
        allAssigned();
        step(100);
        pass(4_999);
        long before = watermark();

        pass(1);

        assertThat(before).isEqualTo(8);
        assertThat(subtask(0).step()).isFalse();
        assertThat(watermark()).isEqualTo(1_008); // Both are idle now: none holds the other.
    }

    @Test
    void isWhereTheGeneratorOfTheSlowestSplitSaysThatItIs() throws IOException {
        WatermarkGenerator<io.headrace.engine.Event> itsTimeLessItsNumber =
                (event, time, split) -> time - event.value();
        run(
                ListSource.unbounded(
                        EventTime.ofMillis(io.headrace.engine.Event::time, itsTimeLessItsNumber),
                        List.of(events(10, 500, 3), events(5, 700, 2))),
                1);
        assign(0, 0, 1);
        allAssigned();

        step(100);

        assertThat(watermark()).isEqualTo(500 + 9 * 3 - 9);
    }

    @Test
    void letsTimeGoOnWhileOnlyOneSplitIsIdle() throws IOException {
        ListSource source =
                ListSource.unbounded(
                        Duration.ZERO, List.of(events(10, 0, 1), events(5_000, 1_000, 1)));
        source.visible(10);
        run(source, 1);
        assign(0, 0, 1);
        allAssigned();
        step(100);
        pass(5_000);

        source.visible(600);
        step(100);

        assertThat(watermark()).isEqualTo(1_598);
    }

    @Test
    void countsAgainBehindAPauseInWhichNothingWasPolled() throws IOException {
        ListSource source =
                ListSource.unbounded(
                        Duration.ZERO, List.of(events(10, 0, 1), events(5_000, 1_000, 1)));
        source.visible(10);
        run(source, 1);
        assign(0, 0, 1);
        allAssigned();
        step(100);
        pass(4_900);

        clock.pass(20_000);
        step(100);
        source.visible(600);
        pass(4_900);
        long before = watermark();
        pass(100);

        assertThat(before).isEqualTo(8);
        assertThat(watermark()).isEqualTo(1_598);
    }

    @ParameterizedTest(name = "{0} subtasks")
    @ValueSource(ints = {1, 2})
    void countsRecordsThatCameBehindTimeBecauseTheirSplitHadBeenIdle(int parallelism)
            throws IOException {
        List<io.headrace.engine.Event> silent = new ArrayList<>(events(10, 0, 1));
        silent.addAll(events(1_000, 1_500, 1));
        ListSource source =
                ListSource.unbounded(Duration.ZERO, List.of(silent, events(5_000, 1_000, 1)));
        source.visible(10);
        run(source, parallelism);
        assign(0, 0);
        assign(parallelism - 1, 1);
        allAssigned();
        step(100);
        pass(4_900);
        source.visible(1, 600);
        pass(100);
        long before = lateAfterIdle();

        source.visible(0, 200);
        step(10);

        assertThat(before).isZero();
        assertThat(lateAfterIdle()).isEqualTo(1_598 - 1_500 + 1);
    }

    private long lateAfterIdle() {
        return execution.subtasks().stream()
                .mapToLong(placed -> placed.subtask().metrics().of(0).lateAfterIdle)
                .sum();
    }

    @Test
    void holdsTimeBackAgainBehindAPauseInWhichAnIdleSplitWasNotPolled() throws IOException {
        ListSource source =
                ListSource.unbounded(
                        Duration.ZERO, List.of(events(10, 0, 1), events(5_000, 1_000, 1)));
        source.visible(10);
        run(source, 1);
        assign(0, 0, 1);
        allAssigned();
        step(100);
        pass(5_000);
        source.visible(600);
        step(100);

        clock.pass(20_000);
        source.visible(1_200);
        step(100);
        pass(4_900);
        long before = watermark();
        source.visible(1_201);
        pass(100);

        assertThat(before).isEqualTo(1_598);
        assertThat(watermark()).isEqualTo(2_199);
    }

    @Test
    void isHeldBackByASplitOfABoundedSourceHoweverLongItIsSilent() throws IOException {
        ListSource source =
                ListSource.bounded(
                        Duration.ZERO, List.of(events(700, 0, 1), events(400, 1_000, 1)));
        source.visible(400);
        run(source, 1);
        assign(0, 0, 1);
        allAssigned();
        step(100);
        clock.pass(3_600_000);
        step(100);
        long before = watermark();

        source.visible(700);
        stepUntil(() -> watermark() == Long.MAX_VALUE);

        assertThat(before).isEqualTo(254);
    }

    @Test
    void pausesASplitThatIsMoreThanAnHourAheadOfTheSlowest() throws IOException {
        ListSource source =
                ListSource.bounded(
                        Duration.ZERO, List.of(events(4_000, 0, 60_000), events(4_000, 0, 1)));
        run(source, 2);
        assign(0, 0);
        step(100);
        long beforeOther = execution.sources().get(0).maxTimestamp();
        assign(1, 1);
        allAssigned();
        step(4);
        long behindOther = execution.sources().get(0).maxTimestamp();

        stepUntil(
                () ->
                        execution.sources().stream()
                                .allMatch(one -> one.watermark() == Long.MAX_VALUE));

        assertThat(beforeOther).isLessThan(HOUR + 256 * 60_000);
        assertThat(behindOther).isLessThan(HOUR + 512 * 60_000);
        assertThat(log).hasSize(8_000);
    }

    @Test
    void leavesASplitThatIsAssignedBehindABarrierOutOfItsCheckpoint() throws IOException {
        run(ListSource.bounded(Duration.ZERO, List.of(events(5, 0, 1), events(5, 0, 1))), 1);
        assign(0, 0);
        stepUntil(() -> subtask(0).mailbox().event() instanceof Event.SplitWanted);

        subtask(0).mailbox().command(new Command.Barrier(1, false));
        assign(0, 1);
        SubtaskSnapshot snapshot = snapshot();

        assertThat(snapshot.splits()).isEmpty();
        subtask(0).mailbox().command(new Command.Committed(1));
        allAssigned();
        stepUntil(() -> watermark() == Long.MAX_VALUE);
        assertThat(log).hasSize(10);
    }

    private SubtaskSnapshot snapshot() {
        for (int i = 0; i < 1_000; i++) {
            step(1);
            if (subtask(0).mailbox().event() instanceof Event.Acknowledged acknowledged) {
                return acknowledged.snapshot();
            }
        }
        throw new AssertionError("the barrier did not pass");
    }
}
