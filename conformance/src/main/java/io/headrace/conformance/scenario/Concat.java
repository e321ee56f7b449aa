package io.headrace.conformance.scenario;

import io.headrace.function.Aggregator;
import io.headrace.type.Type;

/**
 * Puts the texts of the values together, so that a result shows which there were, in which order.
 */
final class Concat implements Aggregator<Object, String, String> {
    private static final long serialVersionUID = 1;

    @Override
    public Type<String> accumulatorType() {
        return Type.of(String.class);
    }

    @Override
    public Type<String> resultType() {
        return Type.of(String.class);
    }

    @Override
    public String create() {
        return "";
    }

    @Override
    public String add(String accumulator, Object value) {
        return merge(accumulator, value.toString());
    }

    @Override
    public String merge(String first, String second) {
        return first.isEmpty() || second.isEmpty() ? first + second : first + "," + second;
    }

    @Override
    public String result(String accumulator) {
        return accumulator;
    }
}
