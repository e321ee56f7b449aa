package io.headrace;

import io.headrace.connector.Sink;
import io.headrace.function.Action;
import io.headrace.function.Aggregator;
import io.headrace.function.BroadcastProcessFunction;
import io.headrace.function.CoProcessFunction;
import io.headrace.function.Condition;
import io.headrace.function.Factory;
import io.headrace.function.FlatMapFn;
import io.headrace.function.Fn;
import io.headrace.function.Fn2;
import io.headrace.function.Fn3;
import io.headrace.function.PaneFn;
import io.headrace.function.PaneProcessFn;
import io.headrace.function.Partitioner;
import io.headrace.function.ProcessFunction;
import io.headrace.function.Trigger;
import io.headrace.function.WindowFn;
import io.headrace.function.WindowProcessFn;
import io.headrace.type.Type;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The one place where the types of users' functions are given up: streams are typed, graphs are
 * not. Each cast is safe because a stream connects only what the compiler found to fit.
 */
@SuppressWarnings("unchecked")
final class Erased {
    private Erased() {}

    static Fn<Object, Object> function(Fn<?, ?> function) {
        return (Fn<Object, Object>) function;
    }

    static <R> Fn2<Object, Object, R> function2(Fn2<?, ?, ? extends R> function) {
        return (Fn2<Object, Object, R>) function;
    }

    static <R> Fn3<Object, Object, Object, R> function3(Fn3<?, ?, ?, ? extends R> function) {
        return (Fn3<Object, Object, Object, R>) function;
    }

    static Fn2<Object, List<Object>, Object> withResults(Fn2<?, ?, ?> function) {
        return (Fn2<Object, List<Object>, Object>) function;
    }

    static WindowFn<Object, Object, Object> windowFunction(WindowFn<?, ?, ?> function) {
        return (WindowFn<Object, Object, Object>) function;
    }

    static WindowProcessFn<Object, Object, Object> windowFunction(WindowProcessFn<?, ?, ?> all) {
        return (WindowProcessFn<Object, Object, Object>) all;
    }

    static PaneFn<Object, Object, Object> paneFunction(PaneFn<?, ?, ?> function) {
        return (PaneFn<Object, Object, Object>) function;
    }

    static PaneProcessFn<Object, Object, Object> paneFunction(PaneProcessFn<?, ?, ?> all) {
        return (PaneProcessFn<Object, Object, Object>) all;
    }

    static Factory<Trigger<Object>> trigger(Factory<?> factory) {
        return (Factory<Trigger<Object>>) factory;
    }

    static Condition<Object> condition(Condition<?> condition) {
        return (Condition<Object>) condition;
    }

    static FlatMapFn<Object, Object> flatMap(FlatMapFn<?, ?> function) {
        return (FlatMapFn<Object, Object>) function;
    }

    static Partitioner<Object> partitioner(Partitioner<?> partitioner) {
        return (Partitioner<Object>) partitioner;
    }

    static Action<Object> action(Action<?> action) {
        return (Action<Object>) action;
    }

    static Sink<Object> sink(Sink<?> sink) {
        return (Sink<Object>) sink;
    }

    static Aggregator<Object, Object, Object> aggregator(Aggregator<?, ?, ?> aggregator) {
        return (Aggregator<Object, Object, Object>) aggregator;
    }

    static Map<String, Aggregator<Object, Object, Object>> aggregators(
            Map<String, Aggregator<?, ?, ?>> aggregators) {
        return aggregators.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, each -> aggregator(each.getValue())));
    }

    static Factory<ProcessFunction<Object, Object, Object>> factory(Factory<?> factory) {
        return (Factory<ProcessFunction<Object, Object, Object>>) factory;
    }

    static Factory<CoProcessFunction<Object, Object, Object, Object>> factoryOfTwo(
            Factory<?> factory) {
        return (Factory<CoProcessFunction<Object, Object, Object, Object>>) factory;
    }

    static Factory<BroadcastProcessFunction<Object, Object, Object, Object>> factoryOfBroadcast(
            Factory<?> factory) {
        return (Factory<BroadcastProcessFunction<Object, Object, Object, Object>>) factory;
    }

    static <T> Type<T> type(Type<?> type) {
        return (Type<T>) type;
    }

    /**
     * Returns the type of what a function gives.
     *
     * @param call what to write instead, up to the type
     */
    static <V> Type<V> resultOf(String call, Fn<?, ?> function) {
        return type(
                Type.resultOf(function)
                        .orElseThrow(
                                () ->
                                        new IllegalArgumentException(
                                                "the type of the values cannot be read from the"
                                                        + " function: write "
                                                        + call
                                                        + ", Type.of(MyValue.class))")));
    }
}
