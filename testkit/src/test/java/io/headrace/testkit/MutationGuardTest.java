package io.headrace.testkit;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headrace.Aggregates;
import io.headrace.DataStream;
import io.headrace.Pipeline;
import io.headrace.type.Type;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MutationGuardTest {
    /** A record whose list can be changed. */
    record Basket(String owner, List<String> items) {
        Basket with(String item) {
            items.add(item);
            return this;
        }
    }

    private static Basket basket(String owner) {
        return new Basket(owner, new ArrayList<>());
    }

    private static void run(int parallelism, Consumer<DataStream<Basket>> steps) {
        Pipeline pipeline = Pipeline.create("baskets");
        steps.accept(pipeline.readFrom(FedSource.of("baskets", Basket.class)));
        try (PipelineTester tester = PipelineTester.of(pipeline).parallelism(parallelism).start()) {
            tester.source("baskets").records(basket("a"), basket("b"), basket("a"));
            tester.settle();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void findsAFunctionThatChangesItsInput(int parallelism) {
        assertThatThrownBy(
                        () ->
                                run(
                                        parallelism,
                                        baskets ->
                                                baskets.keyBy(Basket::owner)
                                                        .map(basket -> basket.with("pear"))
                                                        .forEach(basket -> {})))
                .isInstanceOf(AssertionError.class)
                .hasMessageMatching(
                        """
                        step map-2 has changed its input
                          before: Basket\\[owner=[ab], items=\\[]]
                          now:    Basket\\[owner=[ab], items=\\[pear]]
                        records are immutable: emit a new object instead""");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void findsAnObjectThatIsEmittedAgainAndAgain(int parallelism) {
        Basket reused = basket("x");

        assertThatThrownBy(
                        () ->
                                run(
                                        parallelism,
                                        baskets ->
                                                baskets.map(basket -> reused.with(basket.owner()))
                                                        .keyBy(Basket::owner)
                                                        .forEach(basket -> {})))
                .isInstanceOf(AssertionError.class)
                .hasMessageStartingWith("a record was changed after step map-1 had emitted it");
    }

    @Test
    void findsAChangeBehindTheLastEmission() {
        List<Basket> kept = new ArrayList<>();

        assertThatThrownBy(
                        () ->
                                run(
                                        1,
                                        baskets ->
                                                baskets.map(
                                                                basket -> {
                                                                    kept.forEach(b -> b.with("x"));
                                                                    Basket fresh =
                                                                            basket(basket.owner());
                                                                    if (kept.isEmpty()) {
                                                                        kept.add(fresh);
                                                                    }
                                                                    return fresh;
                                                                })
                                                        .forEach(basket -> {})))
                .isInstanceOf(AssertionError.class)
                .hasMessageStartingWith("a record was changed after step map-1 had emitted it");
    }

    @Test
    void comparesHashCodesWhereAClassHasNoCodec() {
        assertThatThrownBy(
                        () ->
                                run(
                                        1,
                                        baskets ->
                                                baskets.map(basket -> (Object) basket.items())
                                                        .as(new Type<List<String>>() {})
                                                        .map(items -> items.add("pear"))
                                                        .forEach(changed -> {})))
                .isInstanceOf(AssertionError.class)
                .hasMessageStartingWith("step map-2 has changed its input");
    }

    @Test
    void findsAChangeOfARecordThatStateHasHeldForLong() {
        Pipeline pipeline = Pipeline.create("baskets");
        pipeline.readFrom(FedSource.of("baskets", Basket.class).withTimestamps())
                .keyBy(Basket::owner)
                .lookBack(Duration.ofMinutes(1))
                .ordered()
                .aggregate("counts", Aggregates.count(), (basket, counts) -> basket.with("pear"))
                .forEach(basket -> {});
        try (PipelineTester tester = PipelineTester.of(pipeline).start()) {
            TestSplit split = tester.source("baskets").split(0).record(basket("a"), 10);
            tester.settle();
            split.watermark(20);

            assertThatThrownBy(tester::settle)
                    .isInstanceOf(AssertionError.class)
                    .hasMessageStartingWith("a record was changed after step key-by-1 had emitted");
        }
    }

    @Test
    void letsRecordsThroughThatNoCodecCanWrite() {
        assertThatCode(
                        () ->
                                run(
                                        2,
                                        baskets ->
                                                baskets.map(basket -> basket("x").with(null))
                                                        .keyBy(Basket::owner)
                                                        .forEach(basket -> {})))
                .doesNotThrowAnyException();
    }

    @Test
    void letsFunctionsPassRecordsOnAndKeepThem() {
        List<Basket> kept = new ArrayList<>();

        assertThatCode(
                        () ->
                                run(
                                        2,
                                        baskets -> {
                                            baskets.filter(kept::add).forEach(basket -> {});
                                            baskets.keyBy(Basket::owner)
                                                    .<Basket>flatMap(
                                                            (basket, out) -> {
                                                                out.emit(basket);
                                                                out.emit(basket);
                                                            })
                                                    .forEach(basket -> {});
                                        }))
                .doesNotThrowAnyException();
    }
}
