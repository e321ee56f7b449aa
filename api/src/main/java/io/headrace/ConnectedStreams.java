package io.headrace;

import io.headrace.function.CoProcessFunction;
import io.headrace.function.Factory;
import io.headrace.graph.ConnectedKeys;
import io.headrace.graph.Step;
import io.headrace.type.Type;
import java.util.List;
import java.util.Objects;

/**
 * Two streams whose records of one key meet in one function.
 *
 * @param <K> the key of both
 * @param <A> the records of the first stream
 * @param <B> the records of the second stream
 */
public final class ConnectedStreams<K, A, B> {
    private final KeyedStream<K, A> first;
    private final KeyedStream<K, B> second;

    ConnectedStreams(KeyedStream<K, A> first, KeyedStream<K, B> second) {
        if (first.pipeline != second.pipeline) {
            throw new IllegalArgumentException("connect takes streams of one pipeline only");
        }
        if (!first.keyType().equals(second.keyType())) {
            throw new IllegalArgumentException(
                    "connect takes streams with one type of key, found "
                            + first.keyType()
                            + " and "
                            + second.keyType()
                            + ": key both by the same type, no records would meet");
        }
        requireSameRanges(first, second);
        this.first = first;
        this.second = second;
    }

    private static void requireSameRanges(KeyedStream<?, ?> first, KeyedStream<?, ?> second) {
        ConnectedKeys keys = first.pipeline.connectedKeys();
        String ranges = keys.keyBy(first.input).ranges();
        String others = keys.keyBy(second.input).ranges();
        if (!Objects.equals(ranges, others)) {
            throw new IllegalArgumentException(
                    "connect takes streams with the same ranges, found boundaries "
                            + ranges
                            + " and "
                            + others
                            + ": give both the same, one range would not be the other");
        }
    }

    /**
     * Processes the records of both streams by a function with state and timers. The result has the
     * key of the record or timer that it follows from.
     *
     * @param name the identity of the state
     * @param factory creates a new object at each call: one per subtask, and one right now to read
     *     what it declares
     * @throws IllegalArgumentException if one of the streams comes from the key of the other: both
     *     would have to run in the same subtasks, and these would wait for themselves. Call {@code
     *     keyBy} once more on the stream before, and connect that
     */
    public <R> KeyedStream<K, R> process(
            String name, Factory<? extends CoProcessFunction<K, A, B, R>> factory) {
        Pipeline pipeline = first.pipeline;
        ConnectedKeys keys = pipeline.connectedKeys();
        keys.requireApart(name, keys.keyBy(first.input), keys.keyBy(second.input));
        CoProcessFunction<K, A, B, R> example = Examples.of(name, factory);
        StreamTraits traits = first.traits.and(second.traits);
        Examples.requireExpirable(name, example, traits);
        Type<R> resultType = Erased.type(Examples.typeArgument(example, 3));
        Step.CoProcess.Function function =
                new Step.CoProcess.Function(
                        Erased.factoryOfTwo(factory),
                        example.declaredStates().declarations(),
                        Erased.aggregators(example.aggregators()),
                        example.sideOutputs());
        Step step =
                pipeline.add(
                        name,
                        List.of(first.input, second.input),
                        resultType,
                        head -> new Step.CoProcess(head, first.keyType(), function));
        function.sides().forEach(side -> pipeline.addSide(side, step.id(), traits));
        return first.keyed(step, resultType, traits);
    }
}
