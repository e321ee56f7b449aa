package io.headrace;

import io.headrace.function.Aggregator;
import io.headrace.function.Fn;
import io.headrace.function.Fn2;
import io.headrace.function.Fn3;
import io.headrace.type.Type;
import java.io.Serializable;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Several aggregates of the same values at once. The accumulator is an array with that of each
 * part.
 *
 * @param parts in the order of their results
 * @param combination makes one result of all
 * @param shown the user's function, from which the type of the result is read
 */
record Combined<T, R>(
        List<Aggregator<Object, Object, Object>> parts,
        Fn<Object[], R> combination,
        Serializable shown)
        implements Aggregator<T, Object[], R> {
    Combined {
        parts = List.copyOf(parts);
    }

    static <R> Fn<Object[], R> of(Fn2<?, ?, ? extends R> function) {
        Fn2<Object, Object, R> erased = Erased.function2(function);
        return results -> erased.apply(results[0], results[1]);
    }

    static <R> Fn<Object[], R> of(Fn3<?, ?, ?, ? extends R> function) {
        Fn3<Object, Object, Object, R> erased = Erased.function3(function);
        return results -> erased.apply(results[0], results[1], results[2]);
    }

    @Override
    public String name() {
        return parts.stream()
                .map(Aggregator::name)
                .filter(name -> !name.isEmpty())
                .collect(Collectors.joining(", "));
    }

    @Override
    public Type<Object[]> accumulatorType() {
        return Type.tuple(parts.stream().map(Aggregator::accumulatorType).toList());
    }

    @Override
    public Type<R> resultType() {
        return Erased.type(Type.resultOf(shown).orElse(null));
    }

    @Override
    public Object[] create() {
        final Object[] accumulators = new Object[parts.size()];
        for (int i = 0; i < accumulators.length; i++) {
            accumulators[i] = parts.get(i).create();
        }
        return accumulators;
    }

    @Override
    public Object[] add(Object[] accumulators, T value) throws Exception {
        for (int i = 0; i < accumulators.length; i++) {
            accumulators[i] = parts.get(i).add(accumulators[i], value);
        }
        return accumulators;
    }

    @Override
    public Object[] merge(Object[] first, Object[] second) throws Exception {
        for (int i = 0; i < first.length; i++) {
            first[i] = parts.get(i).merge(first[i], second[i]);
        }
        return first;
    }

    @Override
    public R result(Object[] accumulators) throws Exception {
        final Object[] results = new Object[accumulators.length];
        for (int i = 0; i < results.length; i++) {
            results[i] = parts.get(i).result(accumulators[i]);
        }
        return combination.apply(results);
    }

    @Override
    public boolean commutes() {
        return parts.stream().allMatch(Aggregator::commutes);
    }

    @Override
    public boolean subtracts() {
        return parts.stream().allMatch(Aggregator::subtracts);
    }

    @Override
    public Object[] subtract(Object[] total, Object[] expired) throws Exception {
        for (int i = 0; i < total.length; i++) {
            total[i] = parts.get(i).subtract(total[i], expired[i]);
        }
        return total;
    }
}
