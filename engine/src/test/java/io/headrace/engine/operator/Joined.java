package io.headrace.engine.operator;

import io.headrace.engine.Event;
import io.headrace.function.Aggregator;
import io.headrace.type.Type;

/** Writes down what it was given, in its order: an aggregate that nothing can be taken off. */
final class Joined implements Aggregator<Event, String, String> {
    private static final long serialVersionUID = 1L;

    @Override
    public Type<String> accumulatorType() {
        return Type.of(String.class);
    }

    @Override
    public String create() {
        return "";
    }

    @Override
    public String add(String accumulator, Event event) {
        return accumulator + event.value() + ",";
    }

    @Override
    public String merge(String first, String second) {
        return first + second;
    }

    @Override
    public String result(String accumulator) {
        return accumulator;
    }
}
