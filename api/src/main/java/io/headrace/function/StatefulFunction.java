package io.headrace.function;

import io.headrace.state.DeclaredStates;
import io.headrace.state.ListState;
import io.headrace.state.MapState;
import io.headrace.state.TimeDomain;
import io.headrace.state.Timer;
import io.headrace.state.ValueState;
import io.headrace.type.Type;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * What all functions with state and timers of their own have in common: how they declare them, and
 * what a timer calls. Users extend {@link ProcessFunction} or {@link CoProcessFunction}.
 *
 * <p>State, timers and side outputs are declared as fields, so that a runner knows them before the
 * first record. Timers fire when the watermark has reached their time, per key in the order of
 * time, ties in the order of declaration.
 *
 * @param <K> the key
 * @param <R> the values that go out
 */
public abstract sealed class StatefulFunction<K, R> permits ProcessFunction, CoProcessFunction {
    private final DeclaredStates declared = new DeclaredStates();
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

    /** Returns the side outputs that were declared, in order. For runners. */
    public final List<Side<?>> sideOutputs() {
        return Collections.unmodifiableList(sides);
    }
}
