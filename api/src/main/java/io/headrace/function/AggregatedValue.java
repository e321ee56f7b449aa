package io.headrace.function;

import io.headrace.state.AccumulatorState;
import io.headrace.state.AggregatingState;
import java.util.Objects;

/** A state of one accumulator with its aggregator. */
final class AggregatedValue<T, A, R> implements AggregatingState<T, R> {
    private final String name;
    private final AccumulatorState<A> state;
    private final Aggregator<? super T, A, ? extends R> aggregator;

    AggregatedValue(
            String name,
            AccumulatorState<A> state,
            Aggregator<? super T, A, ? extends R> aggregator) {
        this.name = name;
        this.state = state;
        this.aggregator = aggregator;
    }

    @Override
    public R get() {
        A accumulator = state.edit();
        try {
            return accumulator == null ? null : aggregator.result(accumulator);
        } catch (RuntimeException failed) {
            throw failed;
        } catch (Exception failed) {
            throw failure(failed);
        }
    }

    @Override
    public void add(T value) {
        Objects.requireNonNull(value, "value");
        A accumulator = state.edit();
        try {
            accumulator =
                    aggregator.add(accumulator == null ? aggregator.create() : accumulator, value);
        } catch (RuntimeException failed) {
            throw failed;
        } catch (Exception failed) {
            throw failure(failed);
        }
        state.set(accumulator);
    }

    private IllegalStateException failure(Exception failed) {
        return new IllegalStateException("the aggregator of state " + name + " failed", failed);
    }

    @Override
    public void clear() {
        state.clear();
    }
}
