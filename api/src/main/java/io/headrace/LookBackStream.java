package io.headrace;

import io.headrace.function.Aggregator;
import io.headrace.function.Fn2;
import io.headrace.function.Side;
import io.headrace.graph.Step;
import io.headrace.type.Type;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/**
 * A keyed stream in which every record looks back at those before it.
 *
 * <p>The results for a record of time t cover the records of its key with a time in (t − width, t],
 * itself included. State is kept as far back as the widest width.
 *
 * <ul>
 *   <li><b>ordered</b>, the default on bounded input: a record waits until the watermark reaches
 *       its time; records are evaluated in the order of time, then of arrival from their source,
 *       and each sees itself and those before it. The results are a function of the data alone;
 *       between splits, the order of records of one key and one millisecond is not defined.
 *   <li><b>eager</b>, the default on unbounded input: a record is evaluated when it arrives, over
 *       what has arrived by then. Lowest latency; the results depend on the order of arrival.
 * </ul>
 *
 * <p>A record whose time the watermark has reached when it arrives is late. Immutable: each method
 * returns a changed copy.
 *
 * @param <K> the key
 * @param <T> the records
 */
public final class LookBackStream<K, T> {
    /** Bounds the work per record; more widths than people can name. */
    static final int WIDTHS_MAX = 16;

    private final KeyedStream<K, T> stream;
    private final List<Long> widthMillis;
    private final boolean ordered;
    private final Side<T> late;

    LookBackStream(
            KeyedStream<K, T> stream, List<Long> widthMillis, boolean ordered, Side<T> late) {
        this.stream = stream;
        this.widthMillis = widthMillis;
        this.ordered = ordered;
        this.late = late;
    }

    static List<Long> checked(Duration... widths) {
        if (widths.length == 0 || widths.length > WIDTHS_MAX) {
            throw new IllegalArgumentException(
                    "lookBack takes 1 to " + WIDTHS_MAX + " widths, found " + widths.length);
        }
        List<Long> millis =
                Arrays.stream(widths)
                        .map(width -> Names.positiveMillis("the width of a lookBack", width))
                        .toList();
        if (millis.stream().distinct().count() < millis.size()) {
            throw new IllegalArgumentException(
                    "lookBack takes different widths, found " + Arrays.toString(widths));
        }
        return millis;
    }

    /** Evaluates in the order of event time. */
    public LookBackStream<K, T> ordered() {
        return new LookBackStream<>(stream, widthMillis, true, late);
    }

    /** Evaluates on arrival. */
    public LookBackStream<K, T> eager() {
        return new LookBackStream<>(stream, widthMillis, false, late);
    }

    /**
     * Sends late records to a side output. Without it they are counted, and a sample of them is
     * kept beside the state.
     */
    public LookBackStream<K, T> lateTo(Side<T> side) {
        return new LookBackStream<>(stream, widthMillis, ordered, side);
    }

    /**
     * Aggregates, and makes the output of a record and its results.
     *
     * @param name the identity of the state
     * @param function gets the record and one result per width, in the order of {@code lookBack}
     */
    public <R, O> KeyedStream<K, O> aggregate(
            String name,
            Aggregator<? super T, ?, R> aggregator,
            Fn2<? super T, List<R>, ? extends O> function) {
        aggregator.accumulatorType().schema();
        Type<T> valueType = stream.requiredType("lookBack");
        valueType.schema();
        Type<O> resultType = DataStream.resultOf(function);
        Step step =
                stream.pipeline.add(
                        name,
                        List.of(stream.input),
                        resultType,
                        head ->
                                new Step.LookBack(
                                        head,
                                        stream.keyType(),
                                        new Step.LookBack.Widths(widthMillis, ordered, valueType),
                                        late,
                                        Erased.aggregator(aggregator),
                                        Erased.withResults(function)));
        stream.addSide(late, step.id());
        return stream.keyed(step, resultType);
    }
}
