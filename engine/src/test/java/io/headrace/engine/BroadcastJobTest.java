package io.headrace.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headrace.Job;
import io.headrace.JobFailedException;
import io.headrace.Pipeline;
import io.headrace.StateRefusedException;
import io.headrace.function.BroadcastProcessFunction;
import io.headrace.function.Context;
import io.headrace.function.ControlContext;
import io.headrace.function.Factory;
import io.headrace.function.Output;
import io.headrace.state.MapState;
import io.headrace.state.ValueState;
import io.headrace.type.Type;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rules for all keys with the threads of a job, with stops and restores. */
@Timeout(120)
class BroadcastJobTest {
    private static final int RECORDS = 10_000;
    private static final int RULES = 400;
    private static final int KEYS = 50;
    private static final Duration DISORDER = Duration.ofMillis(20);

    @TempDir Path directory;

    /** Emits each record with the sum of the rules of its key, and of the rules of all. */
    static final class Ruled extends BroadcastProcessFunction<String, Event, Event, String> {
        private final MapState<String, Long> sums =
                broadcastState("sums", String.class, Long.class);
        private final ValueState<Long> count = valueState("count", Long.class);

        @Override
        public void processControl(Event rule, ControlContext context) {
            sums.put(rule.key(), get(rule.key()) + rule.value());
            sums.put("all", get("all") + rule.value());
        }

        private long get(String key) {
            Long sum = sums.get(key);
            return sum == null ? 0 : sum;
        }

        @Override
        public void process(Event event, Context<String> context, Output<String> out) {
            count.set(count.get() == null ? 1 : count.get() + 1);
            out.emit(line(event, get(event.key()), get("all")));
        }
    }

    /** Keeps something else under the same name. */
    static final class Other extends BroadcastProcessFunction<String, Event, Event, String> {
        private final MapState<String, Event> sums =
                broadcastState("sums", String.class, Event.class);
        private final ValueState<Long> count = valueState("count", Long.class);

        @Override
        public void processControl(Event rule, ControlContext context) {}

        @Override
        public void process(Event event, Context<String> context, Output<String> out) {}
    }

    /** Changes a rule where it must not. */
    static final class Writing extends BroadcastProcessFunction<String, Event, Event, String> {
        private final MapState<String, Long> sums =
                broadcastState("sums", String.class, Long.class);

        @Override
        public void processControl(Event rule, ControlContext context) {}

        @Override
        public void process(Event event, Context<String> context, Output<String> out) {
            sums.put("all", 1L);
        }
    }

    /** Uses the state of a key where there is none. */
    static final class Keyless extends BroadcastProcessFunction<String, Event, Event, String> {
        private final MapState<String, Long> sums =
                broadcastState("sums", String.class, Long.class);
        private final ValueState<Long> count = valueState("count", Long.class);

        @Override
        public void processControl(Event rule, ControlContext context) {
            count.set(sums.get("all"));
        }

        @Override
        public void process(Event event, Context<String> context, Output<String> out) {}
    }

    private static String line(Event event, long own, long all) {
        return event + " under " + own + " of " + all;
    }

    private static List<Event> events(int count, long step, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Event> events = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            long time = i * step - random.nextInt((int) DISORDER.toMillis());
            events.add(new Event("k" + random.nextInt(KEYS), time, i));
        }
        return events;
    }

    private static final List<Event> EVENTS = events(RECORDS, 2, 7);
    private static final List<Event> CONTROLS = events(RULES, 2 * RECORDS / RULES, 8);

    private static List<String> expected() {
        List<String> lines = new ArrayList<>();
        for (Event event : EVENTS) {
            long own = 0;
            long all = 0;
            for (Event rule : CONTROLS) {
                if (rule.time() <= event.time()) {
                    all += rule.value();
                    own += rule.key().equals(event.key()) ? rule.value() : 0;
                }
            }
            lines.add(line(event, own, all));
        }
        lines.sort(Comparator.naturalOrder());
        return lines;
    }

    private final ListSource events = ListSource.bounded(DISORDER, List.of(EVENTS));
    private final ListSource rules = ListSource.bounded(DISORDER, List.of(CONTROLS));
    private final MemorySink sink = new MemorySink();

    private Pipeline pipeline(
            Factory<? extends BroadcastProcessFunction<String, Event, Event, String>> function) {
        Pipeline pipeline = Pipeline.create("ruled");
        pipeline.readFrom("events", events)
                .keyBy(Event::key, Type.of(String.class))
                .connect(pipeline.readFrom("rules", rules).broadcast())
                .process("ruled", function)
                .writeTo("out", sink);
        return pipeline;
    }

    private Job start(
            Factory<? extends BroadcastProcessFunction<String, Event, Event, String>> function,
            int parallelism) {
        return EmbeddedRunner.with(directory.resolve("state"))
                .parallelism(parallelism)
                .checkpointInterval(Duration.ofMillis(20))
                .start(pipeline(function));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5})
    void everyRecordSeesTheRulesOfItsTime(int parallelism) throws Exception {
        try (Job job = start(Ruled::new, parallelism)) {
            job.await();

            assertThat(job.metrics().step("ruled").in()).isEqualTo(RECORDS);
        }

        assertThat(sink.published()).isEqualTo(expected());
    }

    @ParameterizedTest(name = "{0} records and {1} rules, then from {2} to {3} subtasks")
    @CsvSource({
        "5000, 100, 2, 3",
        "9000, 50, 3, 1",
        "100, 300, 1, 4",
        "10000, 399, 4, 2",
        "0, 10, 2, 3"
    })
    void goesOnAtAnotherParallelism(int records, int controls, int before, int after)
            throws Exception {
        events.visible(records);
        rules.visible(controls);
        try (Job job = start(Ruled::new, before)) {
            Wait.until("records", () -> job.metrics().step("events").in() == records);
            Wait.until("rules", () -> job.metrics().step("rules").in() == controls);
            job.stop();
        }
        events.visible(Integer.MAX_VALUE);
        rules.visible(Integer.MAX_VALUE);

        try (Job job = start(Ruled::new, after)) {
            job.await();
        }

        assertThat(sink.published()).isEqualTo(expected());
    }

    @Test
    void broadcastStateOfAnotherTypeIsRefused() throws Exception {
        events.visible(1_000);
        try (Job job = start(Ruled::new, 2)) {
            Wait.until("records", () -> job.metrics().step("events").in() == 1_000);
            job.stop();
        }

        assertThatThrownBy(() -> start(Other::new, 2))
                .isInstanceOf(StateRefusedException.class)
                .hasMessageContaining("step ruled");
    }

    @Test
    void aRecordThatChangesRulesFailsTheJob() {
        try (Job job = start(Writing::new, 1)) {
            assertThatThrownBy(job::await)
                    .isInstanceOf(JobFailedException.class)
                    .hasMessageContaining("step ruled failed")
                    .hasMessageContaining("broadcast state sums is the same for all keys")
                    .hasMessageContaining("write it in processControl");
        }
    }

    @Test
    void aRuleThatUsesTheStateOfAKeyFailsTheJob() {
        try (Job job = start(Keyless::new, 1)) {
            assertThatThrownBy(job::await)
                    .isInstanceOf(JobFailedException.class)
                    .hasMessageContaining("step ruled failed")
                    .hasMessageContaining("state count belongs to a key, and a control record has");
        }
    }
}
