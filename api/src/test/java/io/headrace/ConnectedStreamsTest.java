package io.headrace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headrace.connector.DeadLetter;
import io.headrace.function.CoProcessFunction;
import io.headrace.function.Context;
import io.headrace.function.Output;
import io.headrace.function.Side;
import io.headrace.graph.Step;
import io.headrace.state.StateDeclaration;
import io.headrace.state.Timer;
import io.headrace.state.ValueState;
import io.headrace.type.Type;
import org.junit.jupiter.api.Test;

class ConnectedStreamsTest {
    private static final Side<String> NOTES = Side.of("notes", String.class);

    private final Pipeline pipeline = Pipeline.create("p");
    private final DataStream<Payment> payments =
            pipeline.readFrom(Described.timed(Payment.class, Payment.TIME));
    private final KeyedStream<Long, Payment> first = payments.keyBy(Payment::id);

    /** Declares something; the second input may be of any type. */
    private static class Declaring<B> extends CoProcessFunction<Long, Payment, B, String> {
        final ValueState<Payment> last = valueState("last", Payment.class);
        final Timer forget = eventTimeTimer("forget");
        final Side<String> notes = sideOutput(NOTES);

        @Override
        public void processFirst(Payment value, Context<Long> context, Output<String> out) {}

        @Override
        public void processSecond(B value, Context<Long> context, Output<String> out) {}
    }

    /** Passes the second input on. */
    private static final class Second extends CoProcessFunction<Long, Payment, String, Payment> {
        @Override
        public void processFirst(Payment value, Context<Long> context, Output<Payment> out) {
            out.emit(value);
        }

        @Override
        public void processSecond(String value, Context<Long> context, Output<Payment> out) {}
    }

    private KeyedStream<Long, String> texts(DataStream<Payment> of) {
        return of.keyBy(Payment::id).map(Payment::account);
    }

    @Test
    void aStepKnowsWhatItsFunctionDeclares() {
        KeyedStream<Long, String> results =
                first.connect(first).process("both", Declaring<Payment>::new);
        results.as(Type.of(String.class)).forEach(result -> {});

        Step.CoProcess step = (Step.CoProcess) pipeline.graph().step(2);

        assertThat(step.keyType()).isEqualTo(Type.of(Long.class));
        assertThat(step.function().states())
                .extracting(StateDeclaration::name)
                .containsExactly("last");
        assertThat(step.function().timers()).hasSize(1);
        assertThat(pipeline.side(NOTES).type()).contains(Type.of(String.class));
    }

    @Test
    void theTypeOfTheResultIsReadFromTheFunction() {
        KeyedStream<Long, Payment> results =
                first.connect(texts(payments)).process("both", Second::new);

        assertThat(results.type()).contains(Type.of(Payment.class));
        assertThat(results.keyType()).isEqualTo(Type.of(Long.class));
    }

    @Test
    void eachSubtaskNeedsItsOwnFunction() {
        Second shared = new Second();

        assertThatThrownBy(() -> first.connect(texts(payments)).process("both", () -> shared))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("write Second::new, each subtask needs its own");
    }

    @Test
    @SuppressWarnings({"unchecked", "rawtypes"}) // The compiler refuses it, unless it is told not.
    void keysOfTwoTypesAreRefused() {
        KeyedStream byAccount = payments.keyBy(Payment::account);

        assertThatThrownBy(() -> first.connect(byAccount))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "connect takes streams with one type of key, found java.lang.Long and"
                                + " java.lang.String: key both by the same type, no records would"
                                + " meet");
    }

    @Test
    void streamsOfTwoPipelinesAreRefused() {
        KeyedStream<Long, Payment> other =
                Pipeline.create("q")
                        .readFrom(Described.timed(Payment.class, Payment.TIME))
                        .keyBy(Payment::id);

        assertThatThrownBy(() -> first.connect(other))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("connect takes streams of one pipeline only");
    }

    @Test
    void aStreamThatComesFromTheOtherIsRefused() {
        KeyedStream<Long, String> behind = texts(first.filter(payment -> true).unkeyed());

        assertThatThrownBy(() -> first.connect(behind).process("circle", Second::new))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "step circle connects key-by-1 with key-by-3, whose records come from it:"
                                + " their subtasks would wait for themselves. Call keyBy once more"
                                + " on the stream before key-by-1, and connect that one");
    }

    @Test
    void theRemedyIsTaken() {
        KeyedStream<Long, String> behind = texts(first.filter(payment -> true).unkeyed());

        payments.keyBy(Payment::id)
                .connect(behind)
                .process("no-circle", Second::new)
                .forEach(payment -> {});

        assertThat(pipeline.graph().steps()).hasSize(8);
    }

    @Test
    void aCircleOverAnotherConnectionIsRefused() {
        KeyedStream<Long, Payment> third = payments.keyBy(Payment::id);
        KeyedStream<Long, Payment> joined =
                first.connect(texts(payments)).process("one", Second::new);
        third.connect(texts(joined.unkeyed())).process("two", Second::new);
        KeyedStream<Long, String> behindThird = texts(third.unkeyed());

        assertThatThrownBy(() -> first.connect(behindThird).process("three", Second::new))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("step three connects");
    }

    @Test
    void deadLettersComeFromEveryKeyThatIsNotBehindThem() {
        KeyedStream<Long, DeadLetter> letters = pipeline.deadLetters().keyBy(letter -> 0L);

        assertThatThrownBy(
                        () -> first.connect(letters).process("circle", Declaring<DeadLetter>::new))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("step circle connects key-by-1");
    }

    @Test
    void anotherParallelismOfTheTwoIsRefused() {
        KeyedStream<Long, Payment> second = payments.keyBy(Payment::id).parallelism(3);
        first.parallelism(2)
                .connect(second.map(Payment::account))
                .process("both", Second::new)
                .forEach(payment -> {});

        assertThatThrownBy(pipeline::graph)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "steps key-by-1 and key-by-2 are connected and have parallelism 2 and 3:"
                                + " set it behind one of them only, it holds for both");
    }
}
