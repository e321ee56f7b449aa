package io.headrace;

import io.headrace.function.Aggregator;
import io.headrace.function.Side;
import io.headrace.function.WindowFn;
import io.headrace.graph.Step;
import io.headrace.type.Type;
import java.time.Duration;
import java.util.List;

/**
 * A keyed stream whose records are grouped by windows.
 *
 * <p>A window of a key fires once, when the watermark has passed its last millisecond, with the
 * timestamp of that millisecond; with an allowed lateness it fires again for each record that comes
 * in time, with the result that includes it. A record is late when the watermark has reached the
 * end of its window + the allowed lateness − 1 ms. Empty windows do not fire.
 *
 * <p>Immutable: each method returns a changed copy.
 *
 * @param <K> the key
 * @param <T> the records
 */
public final class WindowedStream<K, T> {
    private final KeyedStream<K, T> stream;
    private final TimeWindows windows;
    private final Duration allowedLateness;
    private final Side<T> late;

    WindowedStream(
            KeyedStream<K, T> stream, TimeWindows windows, Duration allowedLateness, Side<T> late) {
        this.stream = stream;
        this.windows = windows;
        this.allowedLateness = allowedLateness;
        this.late = late;
    }

    /** Keeps each window for records that come later than the watermark; zero by default. */
    public WindowedStream<K, T> allowedLateness(Duration lateness) {
        if (lateness.isNegative()) {
            throw new IllegalArgumentException(
                    "allowed lateness is " + lateness + ", must not be negative");
        }
        return new WindowedStream<>(stream, windows, lateness, late);
    }

    /**
     * Sends late records to a side output. Without it they are counted, and a sample of them is
     * kept beside the state.
     */
    public WindowedStream<K, T> lateTo(Side<T> side) {
        return new WindowedStream<>(stream, windows, allowedLateness, side);
    }

    /**
     * Aggregates the records of each window.
     *
     * @param name the identity of the state
     */
    public <R> KeyedStream<K, R> aggregate(
            String name, Aggregator<? super T, ?, ? extends R> aggregator) {
        return add(name, aggregator, null, Results.typeOf(aggregator));
    }

    /**
     * Aggregates the records of each window and makes the output of key, window and result.
     *
     * @param name the identity of the state
     */
    public <R, O> KeyedStream<K, O> aggregate(
            String name,
            Aggregator<? super T, ?, R> aggregator,
            WindowFn<? super K, ? super R, ? extends O> function) {
        return add(name, aggregator, function, DataStream.resultOf(function));
    }

    private <O> KeyedStream<K, O> add(
            String name, Aggregator<?, ?, ?> aggregator, WindowFn<?, ?, ?> function, Type<O> type) {
        aggregator.accumulatorType().schema();
        Step.Window.Tumbling shape =
                new Step.Window.Tumbling(
                        windows.size().toMillis(),
                        windows.offset().toMillis(),
                        allowedLateness.toMillis());
        Step step =
                stream.pipeline.add(
                        name,
                        List.of(stream.input),
                        type,
                        head ->
                                new Step.Window(
                                        head,
                                        stream.keyType(),
                                        shape,
                                        late,
                                        Erased.aggregator(aggregator),
                                        Erased.windowFunction(function)));
        stream.addSide(late, step.id());
        return stream.keyed(step, type);
    }
}
