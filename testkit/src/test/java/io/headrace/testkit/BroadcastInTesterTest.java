package io.headrace.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headrace.DataStream;
import io.headrace.Pipeline;
import io.headrace.function.BroadcastProcessFunction;
import io.headrace.function.Context;
import io.headrace.function.ControlContext;
import io.headrace.function.Factory;
import io.headrace.function.Output;
import io.headrace.state.MapState;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What a tester shows of broadcast state, and how it goes on when a rule fails. */
class BroadcastInTesterTest {
    private static final AtomicInteger FAILURES_LEFT = new AtomicInteger();
    private static final AtomicInteger CALLS = new AtomicInteger();

    record Event(String key, long time, long value) {}

    /** Emits each event with the limit of its key. */
    static class Limits extends BroadcastProcessFunction<String, Event, Event, String> {
        final MapState<String, Long> limits = broadcastState("limits", String.class, Long.class);

        @Override
        public void processControl(Event limit, ControlContext context) {
            if (FAILURES_LEFT.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                throw new IllegalStateException("no limit may be " + limit.value());
            }
            limits.put(limit.key(), limit.value());
        }

        @Override
        public void process(Event event, Context<String> context, Output<String> out) {
            out.emit(event.value() + " under " + limits.get(event.key()));
        }
    }

    /** Breaks the rule that control records alone decide. */
    static final class Counting extends Limits {
        @Override
        public void processControl(Event limit, ControlContext context) {
            limits.put(limit.key(), (long) CALLS.incrementAndGet());
        }
    }

    private static DataStream<Event> events(Pipeline pipeline, String name) {
        return pipeline.readFrom(FedSource.of(name, Event.class).eventTimeMillis(Event::time));
    }

    private static Pipeline pipeline(Factory<? extends Limits> function) {
        Pipeline pipeline = Pipeline.create("limits");
        events(pipeline, "events")
                .keyBy(Event::key)
                .connect(events(pipeline, "rules").broadcast())
                .process("limited", function)
                .forEach(line -> {});
        return pipeline;
    }

    @Test
    void showsBroadcastMapsInTheOrderOfTheirRules() {
        try (PipelineTester tester =
                PipelineTester.of(pipeline(Limits::new)).parallelism(3).start()) {
            tester.source("rules").records(new Event("b", 20, 2), new Event("a", 10, 1));
            tester.source("rules").watermark(30);
            tester.source("events").watermark(15);
            Map<Object, Object> early = tester.broadcastState("limited", "limits");
            tester.source("events").watermark(30);

            assertThat(early).isEqualTo(Map.of("a", 1L));
            assertThat(tester.broadcastState("limited", "limits"))
                    .containsExactly(Map.entry("a", 1L), Map.entry("b", 2L));
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> tester.broadcastState("limited", "rules"))
                    .withMessage("step limited has no broadcast state rules, it has [limits]");
        }
    }

    @Test
    void tellsWhenSubtasksDoNotAgree() {
        try (PipelineTester tester =
                PipelineTester.of(pipeline(Counting::new)).parallelism(2).start()) {
            tester.source("rules").records(new Event("a", 10, 1));
            tester.source("rules").watermark(30);
            tester.source("events").watermark(30);

            assertThatThrownBy(() -> tester.broadcastState("limited", "limits"))
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining("subtasks of step limited do not agree")
                    .hasMessageContaining("nothing but the control record");
        }
    }

    @Test
    void aRuleThatFailsWhenItTakesEffectAfterARestoreIsNotLost() {
        try (PipelineTester tester =
                PipelineTester.of(pipeline(Limits::new)).parallelism(2).start()) {
            tester.source("rules").records(new Event("a", 10, 1), new Event("a", 12, 2));
            tester.source("events").records(new Event("a", 11, 100), new Event("a", 12, 200));
            tester.checkpoint();
            tester.restart();
            FAILURES_LEFT.set(1);
            tester.source("rules").watermark(30);
            tester.source("events").watermark(30);

            assertThatThrownBy(tester::settle)
                    .hasMessageContaining("step limited failed")
                    .hasMessageContaining("no limit may be 1");
            tester.restart(3);

            tester.sink("for-each-5", String.class).expect("100 under 1", "200 under 2");
        }
    }
}
