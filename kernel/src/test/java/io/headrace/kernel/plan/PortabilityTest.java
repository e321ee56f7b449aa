package io.headrace.kernel.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.function.Condition;
import io.headrace.graph.Graph;
import io.headrace.graph.Head;
import io.headrace.graph.Step;
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

    private static Graph graph(Condition<Object> condition) {
        Head head = new Head(0, "alive", List.of(), null);
        return new Graph(
                "test",
                List.of(new Step.Filter(head, condition)),
                Map.of(),
                Graph.Settings.DEFAULT);
    }
}
