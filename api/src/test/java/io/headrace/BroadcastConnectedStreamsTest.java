package io.headrace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headrace.function.BroadcastProcessFunction;
import io.headrace.function.Context;
import io.headrace.function.ControlContext;
import io.headrace.function.Output;
import io.headrace.function.Side;
import io.headrace.graph.Step;
import io.headrace.state.MapState;
import io.headrace.state.StateDeclaration;
import io.headrace.type.Type;
import org.junit.jupiter.api.Test;

class BroadcastConnectedStreamsTest {
    private static final Side<Payment> LATE = Side.of("late", Payment.class);

    private final Pipeline pipeline = Pipeline.create("p");
    private final DataStream<Payment> payments =
            pipeline.readFrom(Described.timed(Payment.class, Payment.TIME));
    private final KeyedStream<Long, Payment> keyed = payments.keyBy(Payment::id);

    /** Declares a map. */
    private static class Limits extends BroadcastProcessFunction<Long, Payment, Payment, String> {
        final MapState<String, Payment> limits =
                broadcastState("limits", String.class, Payment.class);

        @Override
        public void process(Payment value, Context<Long> context, Output<String> out) {}

        @Override
        public void processControl(Payment control, ControlContext context) {}
    }

    /** Declares none. */
    private static class Nothing extends BroadcastProcessFunction<Long, Payment, Payment, String> {
        @Override
        public void process(Payment value, Context<Long> context, Output<String> out) {}

        @Override
        public void processControl(Payment control, ControlContext context) {}
    }

    /** Declares one name twice. */
    private static final class Twice extends Limits {
        final MapState<String, Long> again = broadcastState("limits", String.class, Long.class);
    }

    @Test
    void aStepKnowsWhatItsFunctionDeclares() {
        KeyedStream<Long, String> results =
                keyed.connect(payments.broadcast()).lateTo(LATE).process("limits", Limits::new);
        results.forEach(result -> {});

        Step.BroadcastProcess step = (Step.BroadcastProcess) pipeline.graph().step(3);

        assertThat(results.type()).contains(Type.of(String.class));
        assertThat(results.keyType()).isEqualTo(Type.of(Long.class));
        assertThat(step.waiting())
                .isEqualTo(
                        new Step.BroadcastProcess.Waiting(
                                Type.of(Payment.class), Type.of(Payment.class), LATE));
        assertThat(step.function().declarations().broadcast())
                .extracting(StateDeclaration::name)
                .containsExactly("limits");
        assertThat(step.function().states()).isEmpty();
        assertThat(pipeline.side(LATE).type()).contains(Type.of(Payment.class));
    }

    @Test
    void needsEventTime() {
        DataStream<Payment> untimed =
                Pipeline.create("q").readFrom(Described.untimed(Payment.class));

        assertThatThrownBy(
                        () ->
                                untimed.keyBy(Payment::id)
                                        .connect(untimed.broadcast())
                                        .process("limits", Limits::new))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("connect with a broadcast stream, in step limits,");
    }

    @Test
    void aFunctionWithoutBroadcastStateIsRefused() {
        assertThatThrownBy(() -> keyed.connect(payments.broadcast()).process("rules", Nothing::new))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("step rules declares no broadcast state")
                .hasMessageContaining("declare a map with broadcastState");
    }

    @Test
    void namesAreUniqueAmongAllStates() {
        assertThatThrownBy(Twice::new)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("state limits is declared twice");
    }

    @Test
    void rulesThatComeFromTheStreamAreRefused() {
        BroadcastStream<Payment> behind = keyed.filter(payment -> true).broadcast();

        assertThatThrownBy(() -> keyed.connect(behind).process("circle", Limits::new))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "step circle connects key-by-1 with broadcast-3, whose records come from"
                                + " it: their subtasks would wait for themselves. Call keyBy once"
                                + " more on the stream before key-by-1, and connect that one");
    }

    @Test
    void rulesThatComeFromTheStreamByALongWayAreRefused() {
        KeyedStream<Long, Payment> other = payments.keyBy(Payment::id);
        keyed.connect(payments.broadcast()).process("first", Limits::new).forEach(any -> {});
        BroadcastStream<Payment> behind = keyed.unkeyed().merge(payments).broadcast();
        BroadcastStream<Payment> behindOther = other.unkeyed().broadcast();
        other.connect(behind).process("second", Limits::new).forEach(any -> {});

        assertThatThrownBy(() -> keyed.connect(behindOther).process("circle", Limits::new))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("their subtasks would wait for themselves");
    }

    @Test
    void theRemedyIsTaken() {
        BroadcastStream<Payment> behind = keyed.filter(payment -> true).broadcast();

        payments.keyBy(Payment::id).connect(behind).process("fine", Limits::new).forEach(r -> {});

        assertThat(pipeline.graph().steps()).hasSize(7);
    }

    @Test
    void streamsOfTwoPipelinesAreRefused() {
        BroadcastStream<Payment> other =
                Pipeline.create("q")
                        .readFrom(Described.timed(Payment.class, Payment.TIME))
                        .broadcast();

        assertThatThrownBy(() -> keyed.connect(other))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("connect takes streams of one pipeline only");
    }

    @Test
    void aBroadcastHasOneSubtask() {
        assertThatThrownBy(() -> payments.broadcast().parallelism(2))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("set parallelism on the step behind it");
    }
}
