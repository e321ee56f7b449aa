package io.headrace.function;

import io.headrace.state.ReducingState;
import io.headrace.state.ValueState;
import java.util.Objects;

/** A state of one value with the function that combines values into it. */
final class ReducedValue<V> implements ReducingState<V> {
    private final String name;
    private final ValueState<V> state;
    private final Fn2<? super V, ? super V, ? extends V> reducer;

    ReducedValue(String name, ValueState<V> state, Fn2<? super V, ? super V, ? extends V> reducer) {
        this.name = name;
        this.state = state;
        this.reducer = Objects.requireNonNull(reducer, "reducer");
    }

    @Override
    public V get() {
        return state.get();
    }

    @Override
    public void add(V value) {
        Objects.requireNonNull(value, "value");
        V before = state.get();
        state.set(before == null ? value : reduced(before, value));
    }

    private V reduced(V before, V value) {
        V reduced;
        try {
            reduced = reducer.apply(before, value);
        } catch (RuntimeException failed) {
            throw failed;
        } catch (Exception failed) {
            throw new IllegalStateException("the reducer of state " + name + " failed", failed);
        }
        if (reduced == null) {
            throw new IllegalStateException(
                    "the reducer of state "
                            + name
                            + " returned null: return a value, or call clear() in the function");
        }
        return reduced;
    }

    @Override
    public void clear() {
        state.clear();
    }
}
