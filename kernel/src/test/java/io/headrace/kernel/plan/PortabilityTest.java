package io.headrace.kernel.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.DataStream;
import io.headrace.KeyedStream;
import io.headrace.Pipeline;
import io.headrace.connector.DeferredSink;
import io.headrace.connector.Sink;
import io.headrace.function.CoProcessFunction;
import io.headrace.function.Condition;
import io.headrace.function.Context;
import io.headrace.function.Factory;
import io.headrace.function.Output;
import io.headrace.function.ProcessFunction;
import io.headrace.graph.Graph;
import io.headrace.graph.Head;
import io.headrace.graph.Step;
import io.headrace.kernel.codec.Codecs;
import io.headrace.type.Type;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PortabilityTest {
    @Test
    void namesTheStepAndWhatItsLambdaCaptures() {
        Thread captured = Thread.currentThread();
        Condition<Object> condition = value -> captured.isAlive();

        List<String> problems = Portability.problems(graph(condition));

        assertThat(problems)
                .singleElement()
                .asString()
                .startsWith("step alive: the lambda captures a java.lang.Thread");
    }

    @Test
    void hasNothingToSayOfALambdaThatCapturesValues() {
        long limit = 220;
        Condition<Object> condition = value -> value.hashCode() > limit;

        List<String> problems = Portability.problems(graph(condition));

        assertThat(problems).isEmpty();
    }

    @Test
    void looksAtPartitionersRangesAndSorts() {
        Thread captured = Thread.currentThread();
        Pipeline pipeline = Pipeline.create("apart");
        DataStream<String> words = pipeline.readFrom(new FakeSource("words"));
        words.partitionBy((word, subtasks) -> captured.isAlive() ? 0 : 1).forEach(word -> {});
        words.partitionByRange("sample", word -> word, 4, 10)
                .sort("sort", word -> word, 10)
                .forEach(word -> {});

        assertThat(Portability.problems(pipeline.graph()))
                .filteredOn(problem -> !problem.startsWith("step words"))
                .singleElement()
                .asString()
                .startsWith("step partition-by-1: the lambda captures a java.lang.Thread");
    }

    /** Keeps what cannot be sent. */
    private static final class Tied extends ProcessFunction<String, String, String> {
        Tied(Thread thread) {
            thread.isAlive();
        }

        @Override
        public void process(String value, Context<String> context, Output<String> out) {}
    }

    private static List<String> problems(Factory<Tied> factory) {
        Sink<String> sink =
                DeferredSink.of("target", "nowhere", Codecs.of(Type.of(String.class)), () -> null);
        Pipeline pipeline = Pipeline.create("test");
        pipeline.readFrom(new FakeSource("words"))
                .keyBy(word -> word, Type.of(String.class))
                .process("tied", factory)
                .writeTo("target", sink);
        return Portability.problems(pipeline.graph());
    }

    @Test
    void namesFactoriesSourcesAndSinks() {
        Thread captured = Thread.currentThread();

        List<String> problems = problems(() -> new Tied(captured));

        assertThat(problems)
                .satisfiesExactlyInAnyOrder(
                        read ->
                                assertThat(read)
                                        .startsWith(
                                                "step words: io.headrace.kernel.plan.FakeSource")
                                        .endsWith("let it implement Serializable"),
                        process ->
                                assertThat(process)
                                        .startsWith("step tied: the lambda captures a java.lang"),
                        write ->
                                assertThat(write)
                                        .startsWith(
                                                "step target: io.headrace.connector.DeferredSink")
                                        .endsWith("let it implement Serializable"));
    }

    /** Keeps what cannot be sent, with two inputs. */
    private static final class TiedTwo extends CoProcessFunction<String, String, String, String> {
        TiedTwo(Thread thread) {
            thread.isAlive();
        }

        @Override
        public void processFirst(String value, Context<String> context, Output<String> out) {}

        @Override
        public void processSecond(String value, Context<String> context, Output<String> out) {}
    }

    @Test
    void namesTheFactoryOfAFunctionOfTwoInputs() {
        Thread captured = Thread.currentThread();
        Pipeline pipeline = Pipeline.create("test");
        KeyedStream<String, String> words =
                pipeline.readFrom(new FakeSource("words"))
                        .keyBy(word -> word, Type.of(String.class));
        words.connect(words).process("two", () -> new TiedTwo(captured)).forEach(word -> {});

        assertThat(Portability.problems(pipeline.graph()))
                .anyMatch(problem -> problem.startsWith("step two: the lambda captures a java"));
    }

    @Test
    void sendsAFactoryThatCapturesNothing() {
        assertThat(problems(() -> new Tied(Thread.currentThread())))
                .noneMatch(problem -> problem.startsWith("step tied"));
    }

    private static Graph graph(Condition<Object> condition) {
        Head head = new Head(0, "alive", List.of(), null);
        return new Graph(
                "test",
                List.of(new Step.Filter(head, condition)),
                Map.of(),
                Graph.Settings.DEFAULT);
    }
}
