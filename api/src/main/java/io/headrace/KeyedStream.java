package io.headrace;

import io.headrace.function.Aggregator;
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
import java.util.Objects;

/**
 * A stream whose records of one key are together, in the order of their arrival. The key stays with
 * the stream through every step but {@code keyBy}, {@code rebalance}, {@code partitionBy}, {@code
 * broadcast} and {@code merge}.
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
        int keyBy = input.step();
        if (pipeline.step(keyBy) instanceof Step.Map map
                && map.function() instanceof SampledRanges.Unranged) {
            keyBy = map.head().inputs().get(0).step();
        }
        if (!(pipeline.step(keyBy) instanceof Step.KeyBy)) {
            throw new IllegalStateException(
                    "parallelism of a keyed stream is set right behind keyBy:"
                            + " move the call there");
        }
        pipeline.setParallelism(keyBy, subtasks);
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
        return addProcess(name, factory, null);
    }

    /**
     * Aggregates all records of a key so far, and emits the result with each record, in the order
     * of arrival. Keeps one accumulator per key, for ever: keys that never end need a window.
     *
     * @param name the identity of the state; the state of another aggregate is refused
     */
    public <R> KeyedStream<K, R> runningAggregate(
            String name, Aggregator<? super T, ?, R> aggregator) {
        Aggregator<Object, Object, Object> erased = Erased.aggregator(aggregator);
        Factory<ProcessFunction<Object, Object, Object>> factory =
                () -> new RunningAggregate<>(erased);
        return addProcess(name, factory, Results.typeOf(aggregator));
    }

    /**
     * Drops the records that repeat another one: of those of a key whose ids are equal, a record is
     * dropped if one whose time is less than {@code within} from its own, before or after, has
     * arrived earlier, was not dropped itself and is remembered. One whose time is exactly {@code
     * within} away passes.
     *
     * <p>A record is remembered until no record in time can repeat it, that is until the watermark
     * reaches its time + {@code within} − 1 ms; nothing is dropped for being late. A repetition
     * that comes later than that passes again; a step of event time behind it finds it late.
     *
     * <p>Keeps the id and the time of each record that passed, until a sixteenth of {@code within}
     * after it is not remembered any more.
     *
     * @param name the identity of the state
     * @param id what tells records from each other; never returns null
     * @param within at least 1 ms; after a change it holds for what is remembered, too
     * @throws IllegalArgumentException if the type of the ids cannot be read from the function, or
     *     is none that {@link #keyBy} takes
     */
    public <I> KeyedStream<K, T> deduplicate(
            String name, Fn<? super T, ? extends I> id, Duration within) {
        return deduplicate(name, id, within, Erased.resultOf("deduplicate(name, id, within", id));
    }

    /** Drops the records that repeat another one; the type of the ids is given. */
    public <I> KeyedStream<K, T> deduplicate(
            String name, Fn<? super T, ? extends I> id, Duration within, Type<I> idType) {
        traits.requireTimed("deduplicate");
        Objects.requireNonNull(id, "id");
        KeyTypes.check(idType);
        long withinMillis = Names.positiveMillis("the duration of deduplicate", within);
        ValueType<I> ids = new ValueType<>(idType);
        Factory<ProcessFunction<K, T, T>> factory = () -> new Deduplicate<>(id, withinMillis, ids);
        return addProcess(name, factory, type().orElse(null));
    }

    /**
     * Passes the records whose selected value is not equal to that of the record of the key that
     * arrived before, and the first record of each key. Keeps one value per key, for ever.
     *
     * @param name the identity of the state
     * @param function selects what is compared, by {@code equals}: NaN equals NaN, 0.0 and -0.0 are
     *     different; never returns null
     * @throws IllegalArgumentException if the type of the values cannot be read from the function,
     *     or has an array in it
     */
    public <V> KeyedStream<K, T> changes(String name, Fn<? super T, ? extends V> function) {
        return changes(name, function, Erased.resultOf("changes(name, function", function));
    }

    /** Passes the records whose selected value has changed; the type of the values is given. */
    public <V> KeyedStream<K, T> changes(
            String name, Fn<? super T, ? extends V> function, Type<V> valueType) {
        Objects.requireNonNull(function, "function");
        ValueType<V> values = new ValueType<>(valueType).requireEquality("changes");
        Factory<ProcessFunction<K, T, T>> factory = () -> new Changes<>(function, values);
        return addProcess(name, factory, type().orElse(null));
    }

    /**
     * Keeps the records of each key until the input ends, and emits them sorted then; equal ones in
     * the order of their arrival. Behind {@link #partitionByRange} with the same function the
     * ranges of a subtask come in their order as well, so that the output as a whole is sorted:
     * that of subtask 0, then that of subtask 1, and so on. Of other keys each is sorted by itself.
     *
     * <p>The stream behind has no event time. All records are kept in memory and in checkpoints; a
     * key with more of them than the limit fails the job.
     *
     * @param name the identity of the state
     * @param by what is compared, by {@code compareTo} alone; never returns null, and always the
     *     same value for the same record
     * @param recordsMax how many records one key may have, at least 1
     * @throws IllegalStateException if the input does not end, or the type of the records is not
     *     known
     */
    public <C extends Comparable<? super C>> KeyedStream<K, T> sort(
            String name, Fn<? super T, ? extends C> by, int recordsMax) {
        traits.requireBounded("sort");
        Objects.requireNonNull(by, "by");
        Names.positive("the limit of sort", recordsMax);
        ValueType<T> records = new ValueType<>(requiredType("sort"));
        Factory<ProcessFunction<K, T, T>> factory = () -> new Sorted<>(by, recordsMax, records);
        return addProcess(name, factory, records.type()).untimed();
    }

    /**
     * Sorts the records of each key by event time: a record waits until the watermark reaches its
     * time; equal times stay in the order of arrival. What is behind gets each key's records in
     * order, however they came.
     *
     * <p>A record whose time the watermark has reached when it arrives is late: counted, and a
     * sample of such records is kept beside the state. The end of the input releases all that wait.
     *
     * <p>Keeps the records that wait, in memory and in checkpoints: about those of the
     * out-of-orderness of the source.
     *
     * @param name the identity of the state
     * @param waitingMax how many records of one key may wait, at least 1
     * @param overflow what happens to one more
     * @throws IllegalArgumentException if the type of the records is not known
     */
    public KeyedStream<K, T> sortByTime(String name, int waitingMax, Overflow overflow) {
        return sortedByTime(name, waitingMax, overflow, null);
    }

    /** Sorts by event time, and sends late records to a side output. */
    public KeyedStream<K, T> sortByTime(
            String name, int waitingMax, Overflow overflow, Side<T> late) {
        Objects.requireNonNull(late, "late");
        return sortedByTime(name, waitingMax, overflow, late);
    }

    private KeyedStream<K, T> sortedByTime(
            String name, int waitingMax, Overflow overflow, Side<T> late) {
        traits.requireTimed("sortByTime");
        Names.positive("the limit of sortByTime", waitingMax);
        Objects.requireNonNull(overflow, "overflow");
        Type<T> valueType = requiredType("sortByTime");
        valueType.schema();
        boolean releases = overflow == Overflow.RELEASE_EARLIEST;
        Step.SortByTime.Room room = new Step.SortByTime.Room(waitingMax, releases, valueType);
        Step step =
                pipeline.add(
                        name,
                        List.of(input),
                        valueType,
                        head -> new Step.SortByTime(head, keyType, room, late));
        addSide(late, step.id());
        return keyed(step, valueType);
    }

    KeyedStream<K, T> untimed() {
        return new KeyedStream<>(pipeline, input, type().orElse(null), traits.untimed(), keyType);
    }

    private <R> KeyedStream<K, R> addProcess(
            String name, Factory<? extends ProcessFunction<?, ?, ?>> factory, Type<R> known) {
        ProcessFunction<?, ?, ?> example = Examples.of(name, factory);
        Examples.requireExpirable(name, example, traits);
        Type<R> resultType = known == null ? Erased.type(Examples.typeArgument(example, 2)) : known;
        Step.Process.Function function =
                new Step.Process.Function(
                        Erased.factory(factory),
                        example.declaredStates().declarations(),
                        Erased.aggregators(example.aggregators()),
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

    /**
     * Connects this stream with control records that hold for all of its keys, such as rules,
     * limits or prices: {@code payments.connect(limits.broadcast())}. Each record sees exactly
     * those of its own time and before, however late or early they come.
     */
    public <C> BroadcastConnectedStreams<K, T, C> connect(BroadcastStream<C> controls) {
        return new BroadcastConnectedStreams<>(this, controls, null);
    }

    /**
     * Groups the records of each key by windows. All but those of counts need event time. The top-N
     * of each key and window is an aggregate, {@link Aggregates#topK}.
     */
    public WindowedStream<K, T> window(Windows windows) {
        if (!(windows instanceof CountWindows)) {
            traits.requireTimed("window");
        }
        return new WindowedStream<>(this, windows, Step.Window.Firing.ONCE);
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

    void addSide(Side<?> side, int step) {
        if (side != null) {
            pipeline.addSide(side, step, traits);
        }
    }
}
