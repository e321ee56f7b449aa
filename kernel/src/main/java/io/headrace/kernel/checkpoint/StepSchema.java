package io.headrace.kernel.checkpoint;

import java.util.List;
import java.util.Objects;

/**
 * What a step keeps, as it is written into every file of its state.
 *
 * @param step the name of the step
 * @param type the kind of step, for example {@code window}
 * @param version of the form of the states of that kind of step
 * @param keySchema the text of the schema of the keys; null if the step is not keyed
 * @param states the states; the index in this list is the id of a state in the files
 */
public record StepSchema(
        String step, String type, int version, String keySchema, List<StateSchema> states) {
    /** Copies the list. */
    public StepSchema {
        Objects.requireNonNull(step, "step");
        Objects.requireNonNull(type, "type");
        states = List.copyOf(states);
    }

    /**
     * One state.
     *
     * @param name unique within the step
     * @param keySchema the text of the schema of the keys inside a map; null for other kinds
     * @param valueSchema the text of the schema of the values
     */
    public record StateSchema(String name, StateKind kind, String keySchema, String valueSchema) {
        /** Checks what must be there. */
        public StateSchema {
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(kind, "kind");
            Objects.requireNonNull(valueSchema, "valueSchema");
        }
    }
}
