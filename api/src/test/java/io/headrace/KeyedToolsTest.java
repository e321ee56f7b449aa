package io.headrace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headrace.function.Fn;
import io.headrace.graph.Step;
import io.headrace.state.StateDeclaration;
import io.headrace.state.TimerDeclaration;
import io.headrace.type.Type;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the keyed tools declare and refuse; what they give is for the conformance suite. */
class KeyedToolsTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private record Sample(double[] values) {}

    private final Pipeline pipeline = Pipeline.create("p");
    private final KeyedStream<Long, Payment> keyed =
            pipeline.readFrom(Described.timed(Payment.class, Payment.TIME)).keyBy(Payment::id);

    @Test
    void toolsKnowTheTypeOfTheirResults() {
        assertThat(keyed.runningAggregate("sum", Aggregates.sumLong(Payment::cents)).type())
                .contains(Type.of(Long.class));
        assertThat(keyed.deduplicate("once", Payment::account, MINUTE).type())
                .contains(Type.of(Payment.class));
        assertThat(keyed.changes("steps", Payment::account).type())
                .contains(Type.of(Payment.class));
    }

    @Test
    void theNamesOfTheirStatesAreFrozen() {
        keyed.runningAggregate("max", Aggregates.max(Payment::account)).forEach(value -> {});
        keyed.runningAggregate("count", Aggregates.count()).forEach(value -> {});
        keyed.deduplicate("once", Payment::account, MINUTE).forEach(value -> {});
        keyed.changes("steps", Payment::account).forEach(value -> {});

        List<Step.Process> steps =
                pipeline.graph().steps().stream()
                        .filter(Step.Process.class::isInstance)
                        .map(Step.Process.class::cast)
                        .toList();

        assertThat(steps)
                .flatExtracting(step -> step.function().states())
                .extracting(StateDeclaration::name)
                .containsExactly("total max", "total", "seen", "last");
        assertThat(steps)
                .flatExtracting(step -> step.function().timers())
                .extracting(TimerDeclaration::name)
                .containsExactly("forget");
    }

    @Test
    void badArgumentsAreRefusedWhereTheyAreWritten() {
        Fn<Payment, Object> unknown = anyOf();

        assertThatThrownBy(() -> keyed.deduplicate("once", Payment::account, Duration.ZERO))
                .hasMessage("the duration of deduplicate is PT0S, must be at least 1 ms");
        assertThatThrownBy(() -> keyed.deduplicate("once", Payment::rate, MINUTE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("cannot be a key: 0.0 and -0.0");
        assertThatThrownBy(() -> keyed.changes("steps", v -> new Sample(null), type()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("changes compares values, and")
                .hasMessageContaining("Sample.values is an array");
        assertThatThrownBy(() -> keyed.changes("", Payment::account))
                .hasMessageContaining("needs a name");
        assertThatThrownBy(() -> keyed.changes("steps", generic(unknown)))
                .hasMessage(
                        "the type of the values cannot be read from the function: write"
                                + " changes(name, function, Type.of(MyValue.class))");
    }

    @Test
    void repetitionsNeedEventTime() {
        KeyedStream<Long, Payment> untimed =
                pipeline.readFrom("untimed", Described.untimed(Payment.class)).keyBy(Payment::id);

        assertThatThrownBy(() -> untimed.deduplicate("once", Payment::account, MINUTE))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("deduplicate needs event time");
        assertThat(untimed.changes("steps", Payment::account).type())
                .contains(Type.of(Payment.class));
    }

    private static Type<Sample> type() {
        return Type.of(Sample.class);
    }

    private static <V> Fn<Payment, V> anyOf() {
        return payment -> null;
    }

    private static <V> Fn<Payment, V> generic(Fn<Payment, V> function) {
        return payment -> function.apply(payment);
    }
}
