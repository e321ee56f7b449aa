package io.headrace.function;

import io.headrace.state.AccumulatorState;
import io.headrace.state.AggregatingState;
import io.headrace.state.DeclaredStates;
import io.headrace.state.ListState;
import io.headrace.state.MapState;
import io.headrace.state.ReducingState;
import io.headrace.state.TimeDomain;
import io.headrace.state.TimeSeries;
import io.headrace.state.TimeToLive;
import io.headrace.state.Timer;
import io.headrace.state.ValueState;
import io.headrace.type.Type;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What all functions with state and timers of their own have in common: how they declare them, and
 * what a timer calls. Users extend {@link ProcessFunction}, {@link CoProcessFunction} or {@link
 * BroadcastProcessFunction}.
 *
 * <p>State, timers and side outputs are declared as fields, so that a runner knows them before the
 * first record. Timers fire when the watermark has reached their time, per key in the order of
 * time, ties in the order of declaration.
 *
 * @param <K> the key
 * @param <R> the values that go out
 */
public abstract sealed class StatefulFunction<K, R>
        permits ProcessFunction, CoProcessFunction, BroadcastProcessFunction {
    private final DeclaredStates declared = new DeclaredStates();
    private final Map<String, Aggregator<?, ?, ?>> aggregators = new LinkedHashMap<>();
    private final List<Side<?>> sides = new ArrayList<>();

    /**
     * Calls the method that processes the records of an input. For runners.
     *
     * @param input 0 for the first input, 1 for the second
     */
    public abstract void processInput(int input, Object value, Context<K> context, Output<R> out)
            throws Exception;

    /**
     * A timer of this key is due. Does nothing unless overridden.
     *
     * @param timer the name it was declared with
     * @param time the time it was set to, in milliseconds since 1970-01-01T00:00Z
     */
    public void onTimer(String timer, long time, Context<K> context, Output<R> out)
            throws Exception {}

    /**
     * The key has reached the end of its time-to-live; its states are still there, and are cleared
     * behind this call with all its timers, whatever the call does to them. Does nothing unless
     * overridden. What is emitted has the timestamp that it would have from a timer of that time.
     *
     * @param context valid during this call only
     * @param out valid during this call only
     */
    public void onExpiry(Context<K> context, Output<R> out) throws Exception {}

    /**
     * Declares that a key is forgotten, with all its states and timers, when no record of it has
     * come for so long. Call it once, in the constructor.
     *
     * <p>Every record of a key prolongs its life, whether it changes a state or not; timers do not.
     * Exact: an expired state is never seen, whether its expiry was due in the meantime or not.
     *
     * <ul>
     *   <li><b>Event time.</b> The key expires at the highest timestamp of its records +
     *       timeToLive: when the watermark reaches that, or when a record of it comes with such a
     *       timestamp, which then finds no state. What a record leaves that is later than that
     *       expires at once. At the end of the input all keys expire.
     *   <li><b>Processing time.</b> The key expires at the time at which its last record was taken
     *       + timeToLive: when the runner's clock reaches that, or with the next record or timer of
     *       the key from then on. At the end of the input keys do not expire.
     * </ul>
     *
     * <p>Timers on the same clock up to that time fire first, and {@link #onExpiry} follows if
     * anything is left. A key without state and timers does not expire.
     *
     * @param timeToLive at least 1 ms
     * @param clock event time needs a stream that has it
     */
    protected final void expireAfter(Duration timeToLive, TimeDomain clock) {
        declared.timeToLive(TimeToLive.of(timeToLive, clock));
    }

    /** Declares a state of one value. */
    protected final <V> ValueState<V> valueState(String name, Class<V> type) {
        return valueState(name, Type.of(type));
    }

    /** Declares a state of one value of a generic type. */
    protected final <V> ValueState<V> valueState(String name, Type<V> type) {
        return declared.value(name, type);
    }

    /** Declares a state that is a list. */
    protected final <V> ListState<V> listState(String name, Class<V> type) {
        return listState(name, Type.of(type));
    }

    /** Declares a state that is a list of values of a generic type. */
    protected final <V> ListState<V> listState(String name, Type<V> type) {
        return declared.list(name, type);
    }

    /** Declares a state that is a map. */
    protected final <U, V> MapState<U, V> mapState(String name, Class<U> key, Class<V> value) {
        return mapState(name, Type.of(key), Type.of(value));
    }

    /** Declares a state that is a map of generic types. The type of its keys is frozen. */
    protected final <U, V> MapState<U, V> mapState(String name, Type<U> key, Type<V> value) {
        return declared.map(name, key, value);
    }

    /** Declares a state that is a series of values in the order of time. */
    protected final <V> TimeSeries<V> timeSeries(String name, Class<V> type) {
        return timeSeries(name, Type.of(type));
    }

    /** Declares a state that is a series of values of a generic type in the order of time. */
    protected final <V> TimeSeries<V> timeSeries(String name, Type<V> type) {
        return declared.series(name, type);
    }

    /**
     * Declares a state of one value that added values are combined into.
     *
     * @param reducer combines the value that is there with an added one; must not change either
     */
    protected final <V> ReducingState<V> reducingState(
            String name, Class<V> type, Fn2<? super V, ? super V, ? extends V> reducer) {
        return reducingState(name, Type.of(type), reducer);
    }

    /** Declares a state of one value of a generic type that added values are combined into. */
    protected final <V> ReducingState<V> reducingState(
            String name, Type<V> type, Fn2<? super V, ? super V, ? extends V> reducer) {
        return new ReducedValue<>(name, valueState(name, type), reducer);
    }

    /** Declares a state that aggregates the values that are added to it. */
    protected final <U, A, S> AggregatingState<U, S> aggregatingState(
            String name, Aggregator<? super U, A, ? extends S> aggregator) {
        AccumulatorState<A> state = declared.accumulator(name, aggregator.accumulatorType());
        aggregators.put(name, aggregator);
        return new AggregatedValue<>(name, state, aggregator);
    }

    /** Declares a timer of event time: it fires when the watermark reaches its time. */
    protected final Timer eventTimeTimer(String name) {
        return declared.timer(name, TimeDomain.EVENT_TIME);
    }

    /** Declares a timer of processing time: it fires when the runner's clock reaches its time. */
    protected final Timer processingTimeTimer(String name) {
        return declared.timer(name, TimeDomain.PROCESSING_TIME);
    }

    /** Declares a side output; without a declaration {@link Context#emit} refuses it. */
    protected final <S> Side<S> sideOutput(Side<S> side) {
        sides.add(side);
        return side;
    }

    /** Returns what was declared, in order. For runners. */
    public final DeclaredStates declaredStates() {
        return declared;
    }

    /** Returns the aggregators that were declared, by the names of their states. For runners. */
    public final Map<String, Aggregator<?, ?, ?>> aggregators() {
        return Collections.unmodifiableMap(aggregators);
    }

    /** Returns the side outputs that were declared, in order. For runners. */
    public final List<Side<?>> sideOutputs() {
        return Collections.unmodifiableList(sides);
    }
}
