package io.headrace.kernel.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.Aggregates;
import io.headrace.KeyedStream;
import io.headrace.Pipeline;
import io.headrace.Windows;
import io.headrace.type.Type;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class OneStatePerChainTest {
    @Test
    void aChainEndsBehindItsStateAndTheKeyIsKeptOnTheWay() {
        Pipeline pipeline = Pipeline.create("limits");
        KeyedStream<String, String> words =
                pipeline.readFrom(new FakeSource("words"))
                        .keyBy(word -> word, Type.of(String.class));
        words.deduplicate("first", word -> word, Duration.ofHours(1))
                .window(Windows.tumbling(Duration.ofMinutes(1)))
                .aggregate("per-minute", Aggregates.count())
                .rebalance()
                .map(count -> count + 1)
                .forEach(count -> {});

        Plan plan = Plan.withOneStatePerChain(pipeline.graph(), 1);

        assertThat(plan.chains().stream().map(chain -> names(plan, chain)))
                .containsExactly(
                        List.of("words", "key-by-1", "first"),
                        List.of("per-minute"),
                        List.of("rebalance-4", "map-5", "for-each-6"));
        assertThat(plan.edges().stream().map(plan::carriesKey)).containsExactly(true, false);
    }

    private static List<String> names(Plan plan, PlannedChain chain) {
        return chain.steps().stream().map(id -> plan.graph().step(id).name()).toList();
    }
}
