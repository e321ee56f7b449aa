package io.headrace.graph;

import io.headrace.type.Type;
import java.util.List;
import java.util.Objects;

/**
 * What every step has.
 *
 * @param id its place in the graph; larger than the ids of its inputs
 * @param name unique in the pipeline; the identity of its state
 * @param inputs the steps before it
 * @param type the values it emits, or null if that is not known and not needed
 */
public record Head(int id, String name, List<Input> inputs, Type<?> type) {
    /** Copies the list. */
    public Head {
        Objects.requireNonNull(name, "name");
        inputs = List.copyOf(inputs);
    }
}
