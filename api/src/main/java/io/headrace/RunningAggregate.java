package io.headrace;

import io.headrace.function.Aggregator;
import io.headrace.function.Context;
import io.headrace.function.Output;
import io.headrace.function.ProcessFunction;
import io.headrace.state.ValueState;

/**
 * Emits the result of all records of a key so far with each of them. State: {@code total}, one
 * accumulator per key; its name has that of the aggregate in it, so that the state of another one
 * is refused.
 */
final class RunningAggregate<K, T, A, R> extends ProcessFunction<K, T, R> {
    private final Aggregator<T, A, R> aggregator;
    private final ValueState<A> total;

    RunningAggregate(Aggregator<T, A, R> aggregator) {
        this.aggregator = aggregator;
        this.total =
                valueState(("total " + aggregator.name()).trim(), aggregator.accumulatorType());
    }

    @Override
    public void process(T value, Context<K> context, Output<R> out) throws Exception {
        A before = total.get();
        A after = aggregator.add(before == null ? aggregator.create() : before, value);
        total.set(after);
        out.emit(aggregator.result(after));
    }
}
