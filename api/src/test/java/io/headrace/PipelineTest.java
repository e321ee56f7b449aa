package io.headrace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headrace.connector.DeadLetter;
import io.headrace.function.Side;
import io.headrace.graph.Graph;
import io.headrace.graph.Input;
import io.headrace.graph.Step;
import io.headrace.graph.WindowShape;
import io.headrace.type.Type;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class PipelineTest {
    private static final Side<Payment> LATE = Side.of("late", Payment.class);

    private record Spend(String account, long cents) {}

    private final Pipeline pipeline = Pipeline.create("spending");

    @Test
    void aPipelineIsAGraphOfItsSteps() {
        DataStream<Payment> payments =
                pipeline.readFrom(Described.timed(Payment.class, Payment.TIME));
        payments.filter(payment -> payment.cents() > 0)
                .keyBy(Payment::account)
                .parallelism(4)
                .window(Windows.tumbling(Duration.ofMinutes(1)).offset(Duration.ofSeconds(1)))
                .allowedLateness(Duration.ofSeconds(2))
                .lateTo(LATE)
                .aggregate(
                        "spend-1m",
                        Aggregates.sumLong(Payment::cents),
                        (account, window, cents) -> new Spend(account, cents))
                .writeTo(Described.sink("spends"));
        pipeline.side(LATE).forEach(late -> {});
        pipeline.deadLetters().writeTo("broken", Described.sink("files"));

        Graph graph = pipeline.graph();

        assertThat(graph.name()).isEqualTo("spending");
        assertThat(graph.steps())
                .extracting(Step::name)
                .containsExactly(
                        "in",
                        "filter-1",
                        "key-by-2",
                        "spend-1m",
                        "spends",
                        "for-each-5",
                        "dead-letters",
                        "broken");
        assertThat(graph.steps())
                .extracting(step -> step.head().inputs())
                .containsExactly(
                        List.of(),
                        List.of(Input.main(0)),
                        List.of(Input.main(1)),
                        List.of(Input.main(2)),
                        List.of(Input.main(3)),
                        List.of(new Input(3, "late")),
                        List.of(),
                        List.of(Input.main(6)));
        assertThat(graph.parallelism()).isEqualTo(Map.of(2, 4));
        assertThat(graph.settings()).isEqualTo(Graph.Settings.DEFAULT);
        Step.Window window = (Step.Window) graph.step(3);
        assertThat(window.windows()).isEqualTo(new WindowShape.Aligned(60_000, 60_000, 1000));
        assertThat(window.firing().allowedLatenessMillis()).isEqualTo(2000);
        assertThat(window.keyType()).isEqualTo(Type.of(String.class));
        assertThat(window.head().type()).isEqualTo(Type.of(Spend.class));
        assertThat(window.late()).isEqualTo(LATE);
        assertThat(graph.step(6).head().type()).isEqualTo(Type.of(DeadLetter.class));
    }

    @Test
    void settingsHoldForTheWholePipeline() {
        read().forEach(payment -> {});

        pipeline.keyGroups(256).parallelism(200).sourceAlignment(Duration.ofMinutes(2)).portable();

        assertThat(pipeline.graph().settings())
                .isEqualTo(new Graph.Settings(200, 256, 120_000, true));
    }

    @Test
    void deadLettersAreOneStream() {
        assertThat(pipeline.deadLetters()).isSameAs(pipeline.deadLetters());
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", " \t"})
    void aPipelineNeedsAName(String name) {
        assertThatThrownBy(() -> Pipeline.create(name))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a pipeline needs a name, found a blank one");
    }

    @Test
    void aStepNeedsAName() {
        assertThatThrownBy(() -> read().writeTo(" ", Described.sink("out")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a step needs a name, found a blank one");
    }

    @Test
    void aNameHasABound() {
        assertThat(Pipeline.create("x".repeat(100)).name()).hasSize(100);

        assertThatThrownBy(() -> Pipeline.create("x".repeat(101)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the name of a pipeline has at most 100 characters, found 101");
    }

    @Test
    void aNameIsVisible() {
        assertThatThrownBy(() -> Pipeline.create("a\nb"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the name of a pipeline has a control character: use visible ones");
    }

    @Test
    void twoStepsCannotShareAName() {
        DataStream<Payment> payments = read();
        payments.writeTo(Described.sink("out"));

        assertThatThrownBy(() -> payments.writeTo(Described.sink("out")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "two steps are named out:"
                                + " give each a name of its own, it is the identity of its state");
    }

    @Test
    void aPipelineMustEndSomewhere() {
        read().filter(payment -> true);

        assertThatThrownBy(pipeline::graph)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("pipeline spending does nothing: end it with writeTo or forEach");
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 129})
    void parallelismIsWithinTheKeyGroups(int subtasks) {
        String message =
                "parallelism " + subtasks + " is not from 1 to the number of key groups, 128";

        assertThatThrownBy(() -> pipeline.parallelism(subtasks)).hasMessage(message);
        assertThatThrownBy(() -> read().parallelism(subtasks)).hasMessage(message);
    }

    @Test
    void keyGroupsAreNotFewerThanSubtasksThatWereSetBefore() {
        pipeline.parallelism(2);
        read().parallelism(16);

        assertThatThrownBy(() -> pipeline.keyGroups(8))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("parallelism 16 is not from 1 to the number of key groups, 8");
        assertThatThrownBy(() -> pipeline.keyGroups(1))
                .hasMessage("parallelism 2 is not from 1 to the number of key groups, 1");
    }

    @ParameterizedTest
    @ValueSource(ints = {Integer.MIN_VALUE, -2, 0, 3, 65_536})
    void keyGroupsAreAPowerOfTwo(int count) {
        assertThatThrownBy(() -> pipeline.keyGroups(count))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("key groups: " + count + " is not a power of two from 1 to 32768");
    }

    @Test
    void sourceAlignmentIsPositive() {
        assertThatThrownBy(() -> pipeline.sourceAlignment(Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("source alignment is PT0S, must be at least 1 ms");
    }

    @Test
    void aSideOutputNobodyEmitsToIsRefused() {
        assertThatThrownBy(() -> pipeline.side(LATE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "no step emits to side output late:"
                                + " call lateTo or declare it in a ProcessFunction first");
    }

    @Test
    void aSideOutputHasOneType() {
        read().keyBy(Payment::id)
                .window(Windows.tumbling(Duration.ofSeconds(1)))
                .lateTo(LATE)
                .aggregate("count", Aggregates.count());

        assertThatThrownBy(() -> pipeline.side(Side.of("late", String.class)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("side output late carries io.headrace.Payment, not java.lang.String");
    }

    @Test
    void twoStepsCannotShareASideOutput() {
        WindowedStream<Long, Payment> windows =
                read().keyBy(Payment::id)
                        .window(Windows.tumbling(Duration.ofSeconds(1)))
                        .lateTo(LATE);
        windows.aggregate("first", Aggregates.count());

        assertThatThrownBy(() -> windows.aggregate("second", Aggregates.count()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("two steps emit to side output late: give each its own Side");
    }

    @Test
    void aSideOutputNeedsAName() {
        assertThatThrownBy(() -> Side.of(" ", Payment.class))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a side output needs a name, found a blank one");
    }

    private DataStream<Payment> read() {
        return pipeline.readFrom(Described.timed(Payment.class, Payment.TIME));
    }
}
