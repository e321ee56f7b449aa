package io.headrace;

import io.headrace.function.Context;
import io.headrace.function.Fn;
import io.headrace.function.Output;
import io.headrace.function.ProcessFunction;
import io.headrace.state.ValueState;

/** Emits the records whose selected value is not that of the record before. State: {@code last}. */
final class Changes<K, T, V> extends ProcessFunction<K, T, T> {
    private final Fn<? super T, ? extends V> function;
    private final ValueType<V> values;
    private final ValueState<V> last;

    Changes(Fn<? super T, ? extends V> function, ValueType<V> values) {
        this.function = function;
        this.values = values;
        this.last = valueState("last", values.type());
    }

    @Override
    public void process(T value, Context<K> context, Output<T> out) throws Exception {
        V selected = values.checked("changes", function.apply(value));
        if (!selected.equals(last.get())) {
            last.set(selected);
            out.emit(value);
        }
    }
}
