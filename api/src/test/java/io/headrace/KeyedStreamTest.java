package io.headrace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headrace.connector.DeadLetter;
import io.headrace.connector.EventTime;
import io.headrace.connector.WatermarkGenerator;
import io.headrace.function.Aggregator;
import io.headrace.function.Context;
import io.headrace.function.Output;
import io.headrace.function.ProcessFunction;
import io.headrace.function.Side;
import io.headrace.graph.Step;
import io.headrace.state.MapState;
import io.headrace.state.StateDeclaration;
import io.headrace.state.TimeDomain;
import io.headrace.state.TimeToLive;
import io.headrace.state.Timer;
import io.headrace.state.TimerDeclaration;
import io.headrace.state.ValueState;
import io.headrace.type.Type;
import io.headrace.type.UnknownTypeException;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class KeyedStreamTest {
    private static final Side<String> NOTES = Side.of("notes", String.class);

    private record Summary(long id, long count, long cents) {}

    /** Declares one of each. */
    private static final class Declaring extends ProcessFunction<Long, Payment, String> {
        final ValueState<Payment> last = valueState("last", Payment.class);
        final MapState<String, Long> counts = mapState("counts", String.class, Long.class);
        final Timer forget = eventTimeTimer("forget");
        final Side<String> notes = sideOutput(NOTES);

        @Override
        public void process(Payment value, Context<Long> context, Output<String> out) {}
    }

    /** Declares a state that cannot be stored. */
    private static final class Unstorable extends ProcessFunction<Long, Payment, String> {
        final ValueState<Thread> thread = valueState("thread", Thread.class);

        @Override
        public void process(Payment value, Context<Long> context, Output<String> out) {}
    }

    /** Has a time-to-live, of a state or of nothing. */
    private static final class Expiring extends ProcessFunction<Long, Payment, String> {
        Expiring(Duration timeToLive, TimeDomain clock, boolean keeps) {
            expireAfter(timeToLive, clock);
            if (keeps) {
                listState("payments", Payment.class);
            }
        }

        @Override
        public void process(Payment value, Context<Long> context, Output<String> out) {}

        void expireTwice() {
            expireAfter(Duration.ofDays(1), TimeDomain.EVENT_TIME);
        }

        void takeTheNameOfTheExpiry() {
            eventTimeTimer("time to live");
        }
    }

    /** Declares two states of one name. */
    private static final class Ambiguous extends ProcessFunction<Long, Payment, String> {
        final ValueState<Long> first = valueState("count", Long.class);
        final ValueState<Long> second = valueState("count", Long.class);

        @Override
        public void process(Payment value, Context<Long> context, Output<String> out) {}
    }

    /** Joins the accounts; written as a user writes one. */
    private record Joined(Class<?> stored) implements Aggregator<Payment, Joined.Names, String> {
        record Names(List<String> accounts) {}

        @Override
        public Type<Names> accumulatorType() {
            return Type.ofReflected(stored);
        }

        @Override
        public Names create() {
            return new Names(List.of());
        }

        @Override
        public Names add(Names accumulator, Payment value) {
            return merge(accumulator, new Names(List.of(value.account())));
        }

        @Override
        public Names merge(Names first, Names second) {
            return new Names(
                    Stream.of(first, second).flatMap(names -> names.accounts().stream()).toList());
        }

        @Override
        public String result(Names accumulator) {
            return String.join(",", accumulator.accounts());
        }
    }

    private final Pipeline pipeline = Pipeline.create("p");
    private final KeyedStream<Long, Payment> keyed =
            pipeline.readFrom(Described.timed(Payment.class, Payment.TIME)).keyBy(Payment::id);

    @Test
    void aProcessStepKnowsWhatItsFunctionDeclares() {
        KeyedStream<Long, String> results = keyed.process("declaring", Declaring::new);
        results.forEach(result -> {});

        Step.Process process = (Step.Process) pipeline.graph().step(2);

        assertThat(results.type()).contains(Type.of(String.class));
        assertThat(process.keyType()).isEqualTo(Type.of(Long.class));
        assertThat(process.function().states())
                .extracting(StateDeclaration::name)
                .containsExactly("last", "counts");
        assertThat(process.function().timers())
                .containsExactly(new TimerDeclaration("forget", TimeDomain.EVENT_TIME));
        assertThat(pipeline.side(NOTES).type()).contains(Type.of(String.class));
    }

    @Test
    void eachSubtaskNeedsItsOwnFunction() {
        Declaring shared = new Declaring();

        assertThatThrownBy(() -> keyed.process("declaring", () -> shared))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "the factory of step declaring returned one object twice:"
                                + " write Declaring::new, each subtask needs its own");
    }

    @Test
    void stateThatCannotBeStoredIsRefused() {
        assertThatThrownBy(() -> keyed.process("unstorable", Unstorable::new))
                .isInstanceOf(UnknownTypeException.class)
                .hasMessageContaining("Thread");
    }

    @Test
    void stateNamesAreUnique() {
        assertThatThrownBy(() -> keyed.process("ambiguous", Ambiguous::new))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("state count is declared twice: give each state a name of its own");
    }

    @Test
    void parallelismIsSetRightBehindKeyBy() {
        KeyedStream<Long, Long> mapped = keyed.map(Payment::cents);

        assertThatThrownBy(() -> mapped.parallelism(2))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage(
                        "parallelism of a keyed stream is set right behind keyBy:"
                                + " move the call there");
    }

    @Test
    void windowsAndLookBackNeedEventTime() {
        KeyedStream<Long, Payment> untimed =
                pipeline.readFrom("untimed", Described.untimed(Payment.class)).keyBy(Payment::id);
        String rest =
                " needs event time, and a source before it has none:"
                        + " add .eventTime(Payment::time, outOfOrderness) to the source";

        assertThatThrownBy(() -> untimed.window(Windows.tumbling(Duration.ofSeconds(1))))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("window" + rest);
        assertThatThrownBy(() -> untimed.lookBack(Duration.ofSeconds(1)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("lookBack" + rest);
    }

    @Test
    void eventTimeCannotBeOutOfOrderByLessThanNothing() {
        assertThatThrownBy(() -> EventTime.of(Payment::time, Duration.ofSeconds(-1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "out-of-orderness is PT-1S, must not be negative:"
                                + " use Duration.ZERO for ordered input");
    }

    @Test
    void ascendingTimesAreOutOfOrderByNothing() throws Exception {
        EventTime<Payment> time = EventTime.ascending(Payment::time);

        assertThat(time.outOfOrderness()).isEqualTo(Duration.ZERO);
        assertThat(time.present()).isTrue();
    }

    @Test
    void aWatermarkGeneratorKeepsFewNumbers() {
        assertThatThrownBy(() -> EventTime.of(Payment::time, new Keeping(65)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "a watermark generator keeps 65 numbers per split, must be from 0 to 64:"
                                + " keep sums in place of single values");
        assertThatThrownBy(() -> EventTime.ofSource(new Keeping(-1)))
                .hasMessageContaining("keeps -1 numbers");
        assertThat(EventTime.ofSource(new Keeping(64)).present()).isTrue();
    }

    private record Keeping(int stateLength) implements WatermarkGenerator<Payment> {
        @Override
        public long onRecord(Payment value, long timestampMillis, Progress split) {
            return timestampMillis;
        }
    }

    @Test
    void windowsHaveASizeAndAnOffsetWithinIt() {
        TimeWindows minutes = Windows.tumbling(Duration.ofMinutes(1));

        assertThatThrownBy(() -> Windows.tumbling(Duration.ofNanos(999_999)))
                .hasMessage("the size of a window is PT0.000999999S, must be at least 1 ms");
        assertThatThrownBy(() -> minutes.offset(Duration.ofMillis(-1)))
                .hasMessage("offset PT-0.001S is not from zero to less than the slide PT1M");
        assertThatThrownBy(() -> minutes.offset(Duration.ofMinutes(1)))
                .hasMessage("offset PT1M is not from zero to less than the slide PT1M");
        assertThatThrownBy(() -> keyed.window(minutes).allowedLateness(Duration.ofMillis(-1)))
                .hasMessage("allowed lateness is PT-0.001S, must not be negative");
    }

    @Test
    void aWindowedAggregateHasTheTypeOfItsResult() {
        WindowedStream<Long, Payment> windows =
                keyed.window(Windows.tumbling(Duration.ofMinutes(1)));

        assertThat(windows.aggregate("count", Aggregates.count()).type())
                .contains(Type.of(Long.class));
        assertThat(windows.aggregate("last", Aggregates.max(Payment::account)).type())
                .contains(Type.of(String.class));
        assertThat(windows.aggregate("all", summary()).type()).contains(Type.of(Summary.class));
        assertThat(
                        windows.aggregate(
                                        "line",
                                        Aggregates.sumDouble(Payment::rate),
                                        (id, window, sum) -> id + ": " + sum)
                                .type())
                .contains(Type.of(String.class));
    }

    @Test
    void aUserWrittenAggregatorTellsItsTypesByItsClass() {
        WindowedStream<Long, Payment> windows =
                keyed.window(Windows.tumbling(Duration.ofMinutes(1)));

        assertThat(windows.aggregate("joined", new Joined(Joined.Names.class)).type())
                .contains(Type.of(String.class));
    }

    @Test
    void anAccumulatorThatCannotBeStoredIsRefused() {
        Joined joined = new Joined(StringBuilder.class);

        assertThatThrownBy(
                        () ->
                                keyed.window(Windows.tumbling(Duration.ofMinutes(1)))
                                        .aggregate("joined", joined))
                .isInstanceOf(UnknownTypeException.class)
                .hasMessageContaining("StringBuilder");
        assertThatThrownBy(
                        () ->
                                keyed.lookBack(Duration.ofDays(1))
                                        .aggregate("joined", joined, (payment, names) -> ""))
                .isInstanceOf(UnknownTypeException.class)
                .hasMessageContaining("StringBuilder");
    }

    @Test
    void aLookBackHasWidthsModeAndTypes() {
        KeyedStream<Long, String> results =
                keyed.lookBack(Duration.ofDays(1), Duration.ofHours(1))
                        .aggregate(
                                "spend",
                                Aggregates.sumLong(Payment::cents),
                                (payment, sums) -> payment.account() + sums);
        results.forEach(result -> {});

        Step.LookBack lookBack = (Step.LookBack) pipeline.graph().step(2);

        assertThat(results.type()).contains(Type.of(String.class));
        assertThat(lookBack.widths())
                .isEqualTo(
                        new Step.LookBack.Widths(
                                List.of(86_400_000L, 3_600_000L), true, Type.of(Payment.class)));
        assertThat(lookBack.late()).isNull();
    }

    @Test
    void lookBackIsEagerOnUnboundedInputUnlessItIsOrdered() {
        LookBackStream<Long, Payment> unbounded =
                pipeline.readFrom("unbounded", Described.unbounded(Payment.class, Payment.TIME))
                        .keyBy(Payment::id)
                        .lookBack(Duration.ofDays(1));
        unbounded.aggregate("eager", Aggregates.count(), (payment, counts) -> "");
        unbounded.ordered().aggregate("ordered", Aggregates.count(), (payment, counts) -> "");
        keyed.lookBack(Duration.ofDays(1))
                .eager()
                .aggregate("asked", Aggregates.count(), (payment, counts) -> "")
                .forEach(result -> {});

        assertThat(pipeline.graph().steps())
                .filteredOn(Step.LookBack.class::isInstance)
                .extracting(step -> ((Step.LookBack) step).widths().ordered())
                .containsExactly(false, true, false);
    }

    private void expireAfter(Duration timeToLive, TimeDomain clock, boolean keeps) {
        keyed.process("expiring", () -> new Expiring(timeToLive, clock, keeps));
    }

    @Test
    void refusesATimeToLiveThatCannotBeMeant() {
        Expiring expiring = new Expiring(Duration.ofDays(1), TimeDomain.EVENT_TIME, true);

        assertThatThrownBy(() -> expireAfter(Duration.ofNanos(1), TimeDomain.EVENT_TIME, true))
                .hasMessage("a time-to-live is 0 ms, must be at least 1 ms");
        assertThatThrownBy(() -> expireAfter(Duration.ofDays(1), TimeDomain.EVENT_TIME, false))
                .hasMessageStartingWith(
                        "step expiring has a time-to-live and nothing that could expire");
        assertThatThrownBy(expiring::expireTwice)
                .hasMessageStartingWith("a time-to-live is declared twice");
        assertThatThrownBy(expiring::takeTheNameOfTheExpiry)
                .hasMessageStartingWith("no timer can have the name time to live");
    }

    @Test
    void aTimeToLiveInEventTimeNeedsEventTime() {
        KeyedStream<String, String> reasons =
                pipeline.deadLetters().map(DeadLetter::reason).keyBy(reason -> reason);

        assertThatThrownBy(() -> reasons.process("recent", Recent::new))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("expireAfter in event time, of step recent, needs event");
    }

    /** Expires in event time. */
    private static final class Recent extends ProcessFunction<String, String, String> {
        Recent() {
            expireAfter(Duration.ofDays(1), TimeDomain.EVENT_TIME);
            valueState("last", String.class);
        }

        @Override
        public void process(String value, Context<String> context, Output<String> out) {}
    }

    @Test
    void aKeyLivesUntilTheEndOfTimeAtMost() {
        TimeToLive day = TimeToLive.of(Duration.ofDays(1), TimeDomain.EVENT_TIME);

        assertThat(day.after(-1)).isEqualTo(86_399_999);
        assertThat(day.after(Long.MAX_VALUE - 86_400_000)).isEqualTo(Long.MAX_VALUE - 1);
        assertThat(day.after(Long.MAX_VALUE)).isEqualTo(Long.MAX_VALUE - 1);
    }

    @Test
    void widthsAreFewPositiveAndDifferent() {
        Duration[] many =
                IntStream.rangeClosed(1, 17).mapToObj(Duration::ofDays).toArray(Duration[]::new);

        assertThatThrownBy(() -> keyed.lookBack())
                .hasMessage("lookBack takes 1 to 16 widths, found 0");
        assertThatThrownBy(() -> keyed.lookBack(many))
                .hasMessage("lookBack takes 1 to 16 widths, found 17");
        assertThatThrownBy(() -> keyed.lookBack(Duration.ZERO))
                .hasMessage("the width of a lookBack is PT0S, must be at least 1 ms");
        assertThatThrownBy(() -> keyed.lookBack(Duration.ofHours(24), Duration.ofDays(1)))
                .hasMessage("lookBack takes different widths, found [PT24H, PT24H]");
    }

    @Test
    void lookBackSaysWhereTheTypeOfItsRecordsIsToBeNamed() {
        KeyedStream<Long, Payment> unknown =
                keyed.unkeyed()
                        .<Payment>flatMap((payment, out) -> out.emit(payment))
                        .keyBy(Payment::id);
        LookBackStream<Long, Payment> lookBack = unknown.lookBack(Duration.ofDays(1));

        assertThatThrownBy(() -> lookBack.aggregate("n", Aggregates.count(), (payment, n) -> ""))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage(
                        "lookBack needs the type of its records, and step key-by-3 does not tell"
                                + " it: write .as(Type.of(MyRecord.class)) behind it");

        assertThat(
                        unknown.as(Type.of(Payment.class))
                                .lookBack(Duration.ofDays(1))
                                .aggregate("n", Aggregates.count(), (payment, n) -> "")
                                .type())
                .contains(Type.of(String.class));
    }

    private static Aggregator<Payment, ?, Summary> summary() {
        return Aggregates.combined(
                Aggregates.maxLong(Payment::id),
                Aggregates.count(),
                Aggregates.sumLong(Payment::cents),
                Summary::new);
    }
}
