package io.headrace.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headrace.Aggregates;
import io.headrace.Job;
import io.headrace.KeyedStream;
import io.headrace.Pipeline;
import io.headrace.StateCheck;
import io.headrace.StateCheck.Finding;
import io.headrace.StateCheck.Outcome;
import io.headrace.StateRefusedException;
import io.headrace.Windows;
import io.headrace.function.Context;
import io.headrace.function.Factory;
import io.headrace.function.Fn;
import io.headrace.function.Output;
import io.headrace.function.ProcessFunction;
import io.headrace.state.Timer;
import io.headrace.state.ValueState;
import io.headrace.type.Default;
import io.headrace.type.Named;
import io.headrace.type.Type;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a start makes of the state of an earlier form of a pipeline, asked and then tried. */
@Timeout(120)
class StateCheckTest {
    private static final int RECORDS = 400;
    private static final int READ_BEFORE = 200;
    private static final String TOTAL = "io.headrace.engine.StateCheckTest$Total";

    @TempDir Path directory;

    /** What a step had seen of a key at its last record, by step and key. */
    private static final Map<String, Long> SEEN = new ConcurrentHashMap<>();

    /** What a record state was at the last record of a key. */
    private static final Map<String, String> SEEN_RECORDS = new ConcurrentHashMap<>();

    record Total(int count, String tag) {}

    /** The same record with a field more, which has a value where it was not written. */
    @Named(TOTAL)
    record WiderTotal(int count, String tag, @Default("7") long weight) {}

    /** The same record with a field less, and a wider one. */
    @Named(TOTAL)
    record NarrowerTotal(long count) {}

    /** The first form: an int, a record with a field, and a timer. */
    static final class First extends ProcessFunction<String, Event, String> {
        private final ValueState<Integer> count = valueState("count", Integer.class);
        private final ValueState<Total> total = valueState("total", Total.class);
        private final Timer alarm = eventTimeTimer("alarm");

        @Override
        public void process(Event event, Context<String> context, Output<String> out) {
            count.set(count.get() == null ? 1 : count.get() + 1);
            total.set(new Total(count.get(), event.key()));
            alarm.set(Long.MAX_VALUE / 2);
            SEEN.put("counts " + event.key(), (long) count.get());
        }
    }

    /** A wider number, and a state more. */
    static final class Second extends ProcessFunction<String, Event, String> {
        private final ValueState<Long> count = valueState("count", Long.class);
        private final ValueState<Total> total = valueState("total", Total.class);
        private final ValueState<String> last = valueState("last", String.class);
        private final Timer alarm = eventTimeTimer("alarm");

        @Override
        public void process(Event event, Context<String> context, Output<String> out) {
            count.set(count.get() == null ? 1 : count.get() + 1);
            last.set(event.key() + alarm.time() + total.get());
            SEEN.put("counts " + event.key(), count.get());
        }
    }

    /** Adds up what the first form has counted in a record that has other fields now. */
    static final class Record<R extends java.lang.Record>
            extends ProcessFunction<String, Event, String> {
        private final ValueState<Integer> count = valueState("count", Integer.class);
        private final ValueState<R> total;
        private final Timer alarm = eventTimeTimer("alarm");
        private final Fn<R, R> next;

        Record(Class<R> type, Fn<R, R> next) {
            this.total = valueState("total", type);
            this.next = next;
        }

        @Override
        public void process(Event event, Context<String> context, Output<String> out)
                throws Exception {
            count.set(alarm.time().isEmpty() ? 1 : count.get() + 1);
            total.set(next.apply(total.get()));
            SEEN.put("counts " + event.key(), (long) count.get());
            SEEN_RECORDS.put(event.key(), total.get().toString());
        }
    }

    /** A state less. */
    static final class Less extends ProcessFunction<String, Event, String> {
        private final ValueState<Integer> count = valueState("count", Integer.class);
        private final Timer alarm = eventTimeTimer("alarm");

        @Override
        public void process(Event event, Context<String> context, Output<String> out) {
            count.set(alarm.time().isEmpty() ? 1 : 2);
        }
    }

    /** Another type. */
    static final class Narrow extends ProcessFunction<String, Event, String> {
        private final ValueState<String> count = valueState("count", String.class);
        private final ValueState<Total> total = valueState("total", Total.class);
        private final Timer alarm = eventTimeTimer("alarm");

        @Override
        public void process(Event event, Context<String> context, Output<String> out) {
            count.set(event.key() + total.get() + alarm.time());
        }
    }

    private static Pipeline pipeline(int visible, Consumer<KeyedStream<String, Event>> steps) {
        List<Event> events =
                LongStream.range(0, RECORDS).mapToObj(i -> new Event("k" + i % 3, i, i)).toList();
        Pipeline pipeline = Pipeline.create("checked");
        ListSource source = ListSource.bounded(Duration.ZERO, List.of(events)).visible(visible);
        steps.accept(pipeline.readFrom(source).keyBy(Event::key, Type.of(String.class)));
        return pipeline;
    }

    private static void counts(
            KeyedStream<String, Event> keyed,
            Factory<? extends ProcessFunction<String, Event, String>> function) {
        keyed.process("counts", function).forEach(line -> {});
    }

    private static void sums(KeyedStream<String, Event> keyed, String name, int latenessMillis) {
        keyed.window(Windows.tumbling(Duration.ofMillis(1_000)))
                .allowedLateness(Duration.ofMillis(latenessMillis))
                .aggregate(name, Aggregates.count())
                .forEach(line -> {});
    }

    private EmbeddedRunner runner(int parallelism) {
        return EmbeddedRunner.with(directory.resolve("state"))
                .parallelism(parallelism)
                .checkpointInterval(Duration.ofMillis(5));
    }

    @BeforeEach
    void keepSomeState() throws InterruptedException {
        SEEN.clear();
        SEEN_RECORDS.clear();
        Pipeline first =
                pipeline(
                        READ_BEFORE,
                        keyed -> {
                            counts(keyed, First::new);
                            sums(keyed, "sums", 10);
                        });
        try (Job job = runner(2).start(first)) {
            Wait.until("records", () -> job.metrics().step("counts").in() == READ_BEFORE);
            job.stop();
        }
    }

    private static Arguments form(
            String name, Consumer<KeyedStream<String, Event>> steps, String... findings) {
        return Arguments.of(name, steps, List.of(findings));
    }

    static Stream<Arguments> forms() {
        return Stream.of(
                form(
                        "the same",
                        keyed -> {
                            counts(keyed, First::new);
                            sums(keyed, "sums", 10);
                        },
                        "KEPT counts value state count",
                        "KEPT counts timer alarm",
                        "KEPT sums map state slices",
                        "KEPT events positions: open splits: 1, records read of them: 200"),
                form(
                        "a wider number, a state more, a step more, less lateness",
                        keyed -> {
                            counts(keyed, Second::new);
                            sums(keyed, "sums", 0);
                            sums(keyed, "others", 0);
                        },
                        "CHANGED counts value state count: was INT, is LONG",
                        "KEPT counts value state total",
                        "NEW counts value state last: begins empty",
                        "CHANGED sums allowedLateness: was PT0.01S, is PT0S",
                        "NEW others state: begins empty"),
                form(
                        "a step less",
                        keyed -> counts(keyed, First::new),
                        "LOST sums state: the checkpoint has state of step sums"),
                form(
                        "a step renamed",
                        keyed -> {
                            counts(keyed, First::new);
                            sums(keyed, "totals", 10);
                        },
                        "LOST sums state: the checkpoint has state of step sums",
                        "NEW totals state: begins empty"),
                form(
                        "a state less",
                        keyed -> {
                            counts(keyed, Less::new);
                            sums(keyed, "sums", 10);
                        },
                        "REFUSED counts state: step counts: the checkpoint has state total"),
                form(
                        "another type",
                        keyed -> {
                            counts(keyed, Narrow::new);
                            sums(keyed, "sums", 10);
                        },
                        "REFUSED counts state: step counts: "),
                form(
                        "another meaning",
                        keyed -> {
                            counts(keyed, First::new);
                            sums(keyed, "sums", 20);
                        },
                        "REFUSED sums state: step sums: allowedLateness was PT0.01S"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("forms")
    void saysWhatAStartDoes(
            String name, Consumer<KeyedStream<String, Event>> steps, List<String> findings)
            throws InterruptedException {
        Pipeline pipeline = pipeline(RECORDS, steps);

        StateCheck check = runner(3).check(pipeline);

        assertThat(check.checkpoint()).contains("of pipeline checked");
        List<String> found = check.findings().stream().map(StateCheckTest::shown).toList();
        assertThat(findings)
                .allSatisfy(
                        expected -> assertThat(found).anyMatch(one -> one.startsWith(expected)));
        if (check.fits()) {
            try (Job job = runner(3).start(pipeline)) {
                job.await();
            }
            assertThat(SEEN.get("counts k0")).isEqualTo((RECORDS + 2) / 3);
        } else {
            assertThatThrownBy(() -> runner(3).start(pipeline).close())
                    .isInstanceOf(StateRefusedException.class)
                    .hasMessage(check.refusals().get(0));
        }
    }

    private static String shown(Finding finding) {
        return finding.toString().replaceAll(" +", " ");
    }

    @Test
    void aRecordMayGetAndLoseFields() throws InterruptedException {
        Pipeline wider =
                pipeline(
                        RECORDS - 100,
                        keyed -> {
                            counts(
                                    keyed,
                                    () ->
                                            new Record<>(
                                                    WiderTotal.class,
                                                    old ->
                                                            new WiderTotal(
                                                                    old.count() + 1,
                                                                    old.tag(),
                                                                    old.weight())));
                            sums(keyed, "sums", 10);
                        });
        assertThat(runner(1).check(wider).findings())
                .extracting(StateCheckTest::shown)
                .anyMatch(found -> found.startsWith("CHANGED counts value state total: was "));

        try (Job job = runner(1).start(wider)) {
            Wait.until("records", () -> job.metrics().step("counts").in() == RECORDS - 100);
            job.stop();
        }

        assertThat(SEEN_RECORDS).containsEntry("k0", "WiderTotal[count=100, tag=k0, weight=7]");
        Pipeline narrower =
                pipeline(
                        RECORDS,
                        keyed -> {
                            counts(
                                    keyed,
                                    () ->
                                            new Record<>(
                                                    NarrowerTotal.class,
                                                    old -> new NarrowerTotal(old.count() + 1)));
                            sums(keyed, "sums", 10);
                        });
        try (Job job = runner(3).start(narrower)) {
            job.await();
        }
        assertThat(SEEN_RECORDS).containsEntry("k0", "NarrowerTotal[count=134]");
    }

    @Test
    void saysThatEverythingIsNewWhereNothingIs() {
        Pipeline pipeline = pipeline(1, keyed -> counts(keyed, First::new));
        EmbeddedRunner elsewhere = EmbeddedRunner.with(directory.resolve("none"));

        StateCheck check = elsewhere.check(pipeline);

        assertThat(check.checkpoint()).isEqualTo("none");
        assertThat(check.of(Outcome.NEW)).hasSameSizeAs(check.findings());
        assertThat(check.findings()).extracting(Finding::step).contains("events", "counts");
        assertThat(directory.resolve("none")).doesNotExist();
    }

    @Test
    void readsTheSavepointThatAStartWouldReadFrom() throws Exception {
        Supplier<Pipeline> same =
                () ->
                        pipeline(
                                READ_BEFORE,
                                keyed -> {
                                    counts(keyed, First::new);
                                    sums(keyed, "sums", 10);
                                });
        Path savepoint = directory.resolve("savepoint");
        try (Job job = runner(2).start(same.get())) {
            job.savepoint(savepoint);
            assertThatThrownBy(() -> runner(2).check(same.get()))
                    .isInstanceOf(StateRefusedException.class)
                    .hasMessageContaining("the state is in use");
        }
        EmbeddedRunner copy = EmbeddedRunner.with(directory.resolve("copy")).from(savepoint);

        assertThat(copy.check(same.get()).fits()).isTrue();
        assertThat(copy.check(pipeline(1, keyed -> counts(keyed, First::new))).fits()).isFalse();
    }
}
