package io.headrace;

import io.headrace.connector.Sink;
import io.headrace.function.Action;
import io.headrace.function.Condition;
import io.headrace.function.FlatMapFn;
import io.headrace.function.Fn;
import io.headrace.function.Partitioner;
import io.headrace.graph.Input;
import io.headrace.graph.Step;
import io.headrace.type.Type;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A stream of records in a pipeline that is being built. Every method adds a step and returns the
 * stream behind it; a stream may be used more than once.
 *
 * <p>Records are immutable by contract: a function must not change a record that it was given or
 * has emitted. The type of the records is read from the functions where that is possible; where it
 * is needed and unknown, the method that needs it says what to write.
 *
 * @param <T> the records
 */
public sealed class DataStream<T> permits KeyedStream, BroadcastStream {
    final Pipeline pipeline;
    final Input input;
    final StreamTraits traits;
    private Type<T> type;

    DataStream(Pipeline pipeline, Input input, Type<T> type, StreamTraits traits) {
        this.pipeline = pipeline;
        this.input = input;
        this.type = type;
        this.traits = traits;
    }

    /** Maps each record to one. */
    public <R> DataStream<R> map(Fn<? super T, ? extends R> function) {
        return stream(addMap(function), resultOf(function));
    }

    /** Keeps the records that fulfil a condition. */
    public DataStream<T> filter(Condition<? super T> condition) {
        return stream(addFilter(condition), type);
    }

    /** Maps each record to any number of records. Name their type with {@link #as} if needed. */
    public <R> DataStream<R> flatMap(FlatMapFn<? super T, R> function) {
        return stream(addFlatMap(function), null);
    }

    /**
     * Puts this stream and others together. Order holds within each, not between them; the
     * watermark is the smallest of all.
     */
    @SafeVarargs
    @SuppressWarnings("varargs") // The array is only read.
    public final DataStream<T> merge(DataStream<? extends T>... others) {
        List<Input> inputs = new ArrayList<>(List.of(input));
        StreamTraits all = traits;
        for (DataStream<? extends T> other : others) {
            if (other.pipeline != pipeline) {
                throw new IllegalArgumentException("merge takes streams of one pipeline only");
            }
            inputs.add(other.input);
            all = all.and(other.traits);
        }
        Step step = pipeline.addUnnamed("merge", inputs, type, Step.Merge::new);
        return new DataStream<>(pipeline, Input.main(step.id()), type, all);
    }

    /**
     * Brings records of one key together. Keys are equal when their encoded bytes are. A record
     * whose key is null becomes a dead letter.
     *
     * @throws IllegalArgumentException if the type of the key is unknown or has no stable bytes
     */
    public <K> KeyedStream<K, T> keyBy(Fn<? super T, ? extends K> selector) {
        Type<K> keyType = resultOf(selector);
        if (keyType == null) {
            throw new IllegalArgumentException(
                    "the type of the key cannot be read from the function:"
                            + " write keyBy(function, Type.of(MyKey.class))");
        }
        return keyBy(selector, keyType);
    }

    /** Brings records of one key together; the type of the key is given. */
    public <K> KeyedStream<K, T> keyBy(Fn<? super T, ? extends K> selector, Type<K> keyType) {
        KeyTypes.check(keyType);
        Step step =
                pipeline.addUnnamed(
                        "key-by",
                        List.of(input),
                        type,
                        head -> new Step.KeyBy(head, Erased.function(selector), keyType, null));
        return new KeyedStream<>(pipeline, Input.main(step.id()), type, traits, keyType);
    }

    /**
     * Brings records together whose values are in one range. Ranges are spread over the subtasks in
     * their order: what one subtask has is less than what the next one has, whatever the
     * parallelism, as far as there are enough ranges. Give some for each subtask you may ever want,
     * with about the same number of records in each.
     *
     * <p>The key of the stream behind is the {@link KeyRange}, so that state belongs to a range and
     * moves with it. Other boundaries would be other ranges: a job with state of steps behind is
     * refused then. A record whose value is null becomes a dead letter. Values are compared by
     * {@code compareTo} alone; so a {@code Double} that is no number is in the highest range.
     *
     * @param key what records are ordered by; the same value for the same record, always
     * @param boundaries where the second range begins, the third, and so on: 1 to 1,023 of them,
     *     rising, each once. A value that equals a boundary is in the range above it
     * @throws IllegalArgumentException naming the boundary that is none
     */
    public <C extends Comparable<? super C>> KeyedStream<KeyRange, T> partitionByRange(
            Fn<? super T, ? extends C> key, List<? extends C> boundaries) {
        Ranges<T, C> ranges = Ranges.given(key, boundaries);
        return byRange(ranges, ranges.described());
    }

    /**
     * Brings records together whose values are in one range, as {@link #partitionByRange(Fn, List)}
     * does, with boundaries that are taken from the first records: so that as many of these are in
     * each range, as far as their values differ. The boundaries are kept in checkpoints and never
     * change. Which records come first may be chance, and so are the boundaries.
     *
     * <p>The first records wait until there are enough of them, or the input ends. So the stream
     * behind has no event time. All records go through one subtask, which finds their ranges. A
     * record whose value is null becomes a dead letter.
     *
     * @param name the identity of the boundaries
     * @param key what records are ordered by; the same value for the same record, always
     * @param ranges 2 to 1,024, some for each subtask that you may ever want
     * @param sampleSize of how many records the boundaries are taken, 1 to 102,400; some tens for
     *     each range make the ranges about equal. They wait in memory
     * @throws IllegalArgumentException if the type of the values cannot be read from the function
     * @throws IllegalStateException if the type of the records is not known
     */
    public <C extends Comparable<? super C>> KeyedStream<KeyRange, T> partitionByRange(
            String name, Fn<? super T, ? extends C> key, int ranges, int sampleSize) {
        String call = "partitionByRange(name, key, ranges, sampleSize";
        return partitionByRange(name, key, ranges, sampleSize, Erased.resultOf(call, key));
    }

    /** Brings records together by ranges that are sampled; the type of the values is given. */
    public <C extends Comparable<? super C>> KeyedStream<KeyRange, T> partitionByRange(
            String name,
            Fn<? super T, ? extends C> key,
            int ranges,
            int sampleSize,
            Type<C> valueType) {
        Objects.requireNonNull(key, "key");
        SampledRanges.Sample sample = new SampledRanges.Sample(ranges, sampleSize);
        ValueType<T> records = new ValueType<>(requiredType("partitionByRange"));
        ValueType<C> values = new ValueType<>(valueType);
        Fn<T, Boolean> comparable = value -> key.apply(value) == null ? null : true;
        KeyedStream<Boolean, T> all = keyBy(comparable, Type.of(Boolean.class)).parallelism(1);
        return all.process(name, () -> new SampledRanges<>(key, sample, records, values))
                .byRange(SampledRanges.Ranged::range, ranges + " of the sample " + name)
                .untimed()
                .map(new SampledRanges.Unranged<T>())
                .as(records.type());
    }

    final KeyedStream<KeyRange, T> byRange(Fn<? super T, KeyRange> range, String ranges) {
        Type<KeyRange> keyType = Type.of(KeyRange.class);
        Step step =
                pipeline.addUnnamed(
                        "partition-by-range",
                        List.of(input),
                        type,
                        head -> new Step.KeyBy(head, Erased.function(range), keyType, ranges));
        return new KeyedStream<>(pipeline, Input.main(step.id()), type, traits, keyType);
    }

    /** Distributes the records evenly over the subtasks of the next step. */
    public DataStream<T> rebalance() {
        return stream(
                pipeline.addUnnamed("rebalance", List.of(input), type, Step.Rebalance::new), type);
    }

    /**
     * Sends each record to the subtask that a function chooses: where records must be apart in a
     * way that no key says, as by the shard of a target. Records that go from one subtask to one
     * keep their order. The stream behind has no key and, as behind {@link #rebalance}, the
     * parallelism of the pipeline unless it is set right here; a step behind it with another one
     * spreads the records again.
     *
     * <p>With one subtask there is nothing to choose, and the function is not called.
     *
     * @param partitioner returns 0 to the number of subtasks - 1; see {@link Partitioner}
     */
    public DataStream<T> partitionBy(Partitioner<? super T> partitioner) {
        Objects.requireNonNull(partitioner, "partitioner");
        return stream(
                pipeline.addUnnamed(
                        "partition-by",
                        List.of(input),
                        type,
                        head -> new Step.PartitionBy(head, Erased.partitioner(partitioner))),
                type);
    }

    /**
     * Gives every record to each subtask of the next step, as rules that all of them must know. All
     * subtasks get the records in the same order, because one subtask deals them out.
     *
     * <p>What the next step emits comes once for each of its subtasks, so that results depend on
     * its parallelism; set it, or keep what comes where it is. A {@code keyBy}, {@code rebalance}
     * or {@code partitionBy} as the next step sends each record to one subtask all the same.
     */
    public BroadcastStream<T> broadcast() {
        Step step = pipeline.addUnnamed("broadcast", List.of(input), type, Step.Broadcast::new);
        return new BroadcastStream<>(pipeline, Input.main(step.id()), type, traits);
    }

    /**
     * Names the type of the records of the step before, where it cannot be read from a function.
     *
     * @param known for example {@code new Type<List<String>>() {}}
     */
    @SuppressWarnings("unchecked") // The caller says that the records are of this type.
    public <R> DataStream<R> as(Type<R> known) {
        retype(known);
        return (DataStream<R>) this;
    }

    /**
     * Sets how many subtasks the step before has.
     *
     * @param subtasks 1 to the number of key groups
     */
    public DataStream<T> parallelism(int subtasks) {
        pipeline.setParallelism(input.step(), subtasks);
        return this;
    }

    /** Writes the records to a sink; the step has the sink's name. */
    public void writeTo(Sink<? super T> sink) {
        writeTo(sink.name(), sink);
    }

    /**
     * Writes the records to a sink.
     *
     * @param name the identity of the sink in checkpoints
     */
    public void writeTo(String name, Sink<? super T> sink) {
        pipeline.add(name, List.of(input), null, head -> new Step.Write(head, Erased.sink(sink)));
    }

    /** Calls an action for each record; after a failure, for some records again. */
    public void forEach(Action<? super T> action) {
        pipeline.addUnnamed(
                "for-each",
                List.of(input),
                null,
                head -> new Step.ForEach(head, Erased.action(action)));
    }

    /** Returns the type of the records, if it is known. */
    public final Optional<Type<T>> type() {
        return Optional.ofNullable(type);
    }

    final String typeName() {
        return type == null ? "records of unknown type" : type.toString();
    }

    /** Returns the type of the records, which {@code operation} cannot do without. */
    final Type<T> requiredType(String operation) {
        if (type == null) {
            throw new IllegalStateException(
                    operation
                            + " needs the type of its records, and step "
                            + pipeline.step(input.step()).name()
                            + " does not tell it: write .as(Type.of(MyRecord.class)) behind it");
        }
        return type;
    }

    final void retype(Type<?> known) {
        if (input.side() != null) {
            throw new IllegalStateException("the type of a side output is known already: " + type);
        }
        pipeline.retype(input.step(), known);
        type = Erased.type(known);
    }

    final Step addMap(Fn<?, ?> function) {
        return pipeline.addUnnamed(
                "map",
                List.of(input),
                resultOf(function),
                head -> new Step.Map(head, Erased.function(function)));
    }

    final Step addFilter(Condition<?> condition) {
        return pipeline.addUnnamed(
                "filter",
                List.of(input),
                type,
                head -> new Step.Filter(head, Erased.condition(condition)));
    }

    final Step addFlatMap(FlatMapFn<?, ?> function) {
        return pipeline.addUnnamed(
                "flat-map",
                List.of(input),
                null,
                head -> new Step.FlatMap(head, Erased.flatMap(function)));
    }

    static <R> Type<R> resultOf(Serializable function) {
        return Erased.type(Type.resultOf(function).orElse(null));
    }

    private <R> DataStream<R> stream(Step step, Type<R> resultType) {
        return new DataStream<>(pipeline, Input.main(step.id()), resultType, traits);
    }
}
