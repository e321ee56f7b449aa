package io.headrace;

import io.headrace.function.Condition;
import io.headrace.function.Factory;
import io.headrace.function.FlatMapFn;
import io.headrace.function.Fn;
import io.headrace.function.Fn2;
import io.headrace.function.ProcessFunction;
import io.headrace.function.Side;
import io.headrace.graph.Input;
import io.headrace.graph.Step;
import io.headrace.type.Type;
import java.time.Duration;
import java.util.List;

/**
 * A stream whose records of one key are together, in the order of their arrival. The key stays with
 * the stream through every step but {@code keyBy}, {@code rebalance}, {@code broadcast} and {@code
 * merge}.
 *
 * @param <K> the key
 * @param <T> the records
 */
public final class KeyedStream<K, T> extends DataStream<T> {
    private final Type<K> keyType;

    KeyedStream(
            Pipeline pipeline, Input input, Type<T> type, StreamTraits traits, Type<K> keyType) {
        super(pipeline, input, type, traits);
        this.keyType = keyType;
    }

    @Override
    public <R> KeyedStream<K, R> map(Fn<? super T, ? extends R> function) {
        return keyed(addMap(function), resultOf(function));
    }

    /** Maps each record, with its key, to one. */
    public <R> KeyedStream<K, R> mapWithKey(Fn2<? super K, ? super T, ? extends R> function) {
        Type<R> resultType = resultOf(function);
        Step step =
                pipeline.addUnnamed(
                        "map-with-key",
                        List.of(input),
                        resultType,
                        head -> new Step.MapWithKey(head, Erased.function2(function)));
        return keyed(step, resultType);
    }

    @Override
    public KeyedStream<K, T> filter(Condition<? super T> condition) {
        return keyed(addFilter(condition), type().orElse(null));
    }

    @Override
    public <R> KeyedStream<K, R> flatMap(FlatMapFn<? super T, R> function) {
        return keyed(addFlatMap(function), null);
    }

    @Override
    public <R> KeyedStream<K, R> as(Type<R> known) {
        retype(known);
        return new KeyedStream<>(pipeline, input, known, traits, keyType);
    }

    /**
     * Sets how many subtasks the keyed steps from here on have. Only right behind {@code keyBy}:
     * afterwards the records of a key could not stay together.
     */
    @Override
    public KeyedStream<K, T> parallelism(int subtasks) {
        if (!(pipeline.step(input.step()) instanceof Step.KeyBy)) {
            throw new IllegalStateException(
                    "parallelism of a keyed stream is set right behind keyBy:"
                            + " move the call there");
        }
        pipeline.setParallelism(input.step(), subtasks);
        return this;
    }

    /** Returns the same records without their key. */
    public DataStream<T> unkeyed() {
        return new DataStream<>(pipeline, input, type().orElse(null), traits);
    }

    /**
     * Processes records by a function with state and timers.
     *
     * @param name the identity of the state
     * @param factory creates a new object at each call: one per subtask, and one right now to read
     *     what it declares
     */
    public <R> KeyedStream<K, R> process(
            String name, Factory<? extends ProcessFunction<K, T, R>> factory) {
        ProcessFunction<K, T, R> example = Examples.of(name, factory);
        Type<R> resultType = Erased.type(Examples.typeArgument(example, 2));
        Step.Process.Function function =
                new Step.Process.Function(
                        Erased.factory(factory),
                        example.declaredStates().states(),
                        example.declaredStates().timers(),
                        example.sideOutputs());
        Step step =
                pipeline.add(
                        name,
                        List.of(input),
                        resultType,
                        head -> new Step.Process(head, keyType, function));
        function.sides().forEach(side -> pipeline.addSide(side, step.id(), traits));
        return keyed(step, resultType);
    }

    /**
     * Connects this stream with another one that has the same type of key, so that one function
     * processes both: records of one key meet, whichever stream they come from.
     *
     * <p>Both streams run with one parallelism: set it behind one {@code keyBy}, or the same behind
     * both. A stream that comes from this one can be connected with it if this one is keyed once
     * more for the purpose; see {@link ConnectedStreams#process}.
     *
     * @throws IllegalArgumentException if the keys are of another type, or the other stream is one
     *     of another pipeline
     */
    public <U> ConnectedStreams<K, T, U> connect(KeyedStream<K, U> other) {
        return new ConnectedStreams<>(this, other);
    }

    /** Groups the records of each key by windows of event time. */
    public WindowedStream<K, T> window(TimeWindows windows) {
        traits.requireTimed("window");
        return new WindowedStream<>(this, windows, Duration.ZERO, null);
    }

    /**
     * Looks back from every record: aggregates over the records of its key in (t − width, t], where
     * t is the time of the record, for several widths at once.
     *
     * @param widths 1 to 16 different widths, each at least 1 ms
     */
    public LookBackStream<K, T> lookBack(Duration... widths) {
        traits.requireTimed("lookBack");
        return new LookBackStream<>(this, LookBackStream.checked(widths), traits.bounded(), null);
    }

    Type<K> keyType() {
        return keyType;
    }

    <R> KeyedStream<K, R> keyed(Step step, Type<R> resultType) {
        return keyed(step, resultType, traits);
    }

    <R> KeyedStream<K, R> keyed(Step step, Type<R> resultType, StreamTraits resultTraits) {
        return new KeyedStream<>(
                pipeline, Input.main(step.id()), resultType, resultTraits, keyType);
    }

    void addSide(Side<T> side, int step) {
        if (side != null) {
            pipeline.addSide(side, step, traits);
        }
    }
}
