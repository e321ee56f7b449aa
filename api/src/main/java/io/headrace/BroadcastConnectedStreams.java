package io.headrace;

import io.headrace.function.BroadcastProcessFunction;
import io.headrace.function.Factory;
import io.headrace.function.Side;
import io.headrace.graph.ConnectedKeys;
import io.headrace.graph.Step;
import io.headrace.type.Type;
import java.util.List;

/**
 * A keyed stream whose records see rules that hold for all keys, each at its own time. Immutable:
 * each method returns a changed copy.
 *
 * @param <K> the key
 * @param <T> the records
 * @param <C> the control records, which change the rules
 */
public final class BroadcastConnectedStreams<K, T, C> {
    private final KeyedStream<K, T> stream;
    private final BroadcastStream<C> controls;
    private final Side<T> late;

    BroadcastConnectedStreams(KeyedStream<K, T> stream, BroadcastStream<C> controls, Side<T> late) {
        if (stream.pipeline != controls.pipeline) {
            throw new IllegalArgumentException("connect takes streams of one pipeline only");
        }
        this.stream = stream;
        this.controls = controls;
        this.late = late;
    }

    /**
     * Sends late records to a side output. Without it they are counted, and a sample of them is
     * kept beside the state. Control records are never lost for being late.
     */
    public BroadcastConnectedStreams<K, T, C> lateTo(Side<T> side) {
        return new BroadcastConnectedStreams<>(stream, controls, side);
    }

    /**
     * Processes the records by a function with state, timers, and broadcast state that the control
     * records change. The result has the key of the record or timer that it follows from.
     *
     * @param name the identity of the state
     * @param factory creates a new object at each call: one per subtask, and one right now to read
     *     what it declares
     * @throws IllegalArgumentException if the function declares no broadcast state; or if the
     *     control records come from the keyed stream: its subtasks would wait for themselves. Call
     *     {@code keyBy} once more on the stream before, and connect that
     * @throws IllegalStateException if one of the streams has no event time, or records of unknown
     *     type
     */
    public <R> KeyedStream<K, R> process(
            String name, Factory<? extends BroadcastProcessFunction<K, T, C, R>> factory) {
        StreamTraits traits = stream.traits.and(controls.traits);
        traits.requireTimed("connect with a broadcast stream, in step " + name + ",");
        Step.BroadcastProcess.Waiting waiting = waiting();
        ConnectedKeys keys = stream.pipeline.connectedKeys();
        keys.requireApart(name, keys.keyBy(stream.input), controls.input);
        BroadcastProcessFunction<K, T, C, R> example = Examples.of(name, factory);
        requireBroadcastState(name, example);
        Examples.requireExpirable(name, example, traits);
        Type<R> resultType = Erased.type(Examples.typeArgument(example, 3));
        Step.BroadcastProcess.Function function =
                new Step.BroadcastProcess.Function(
                        Erased.factoryOfBroadcast(factory),
                        example.declaredStates().declarations(),
                        Erased.aggregators(example.aggregators()),
                        example.sideOutputs());
        Step step =
                stream.pipeline.add(
                        name,
                        List.of(stream.input, controls.input),
                        resultType,
                        head ->
                                new Step.BroadcastProcess(
                                        head, stream.keyType(), waiting, function));
        function.sides().forEach(side -> stream.pipeline.addSide(side, step.id(), traits));
        stream.addSide(late, step.id());
        return stream.keyed(step, resultType, traits);
    }

    /** Both wait, so both must be known well enough to be stored. */
    private Step.BroadcastProcess.Waiting waiting() {
        Type<T> valueType = stream.requiredType("connect with a broadcast stream");
        Type<C> controlType = controls.requiredType("connect with a broadcast stream");
        valueType.schema();
        controlType.schema();
        return new Step.BroadcastProcess.Waiting(valueType, controlType, late);
    }

    private static void requireBroadcastState(
            String name, BroadcastProcessFunction<?, ?, ?, ?> example) {
        if (example.declaredStates().declarations().broadcast().isEmpty()) {
            throw new IllegalArgumentException(
                    "step "
                            + name
                            + " declares no broadcast state, so no control record could have an"
                            + " effect: declare a map with broadcastState");
        }
    }
}
