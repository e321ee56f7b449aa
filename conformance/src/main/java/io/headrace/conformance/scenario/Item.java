package io.headrace.conformance.scenario;

/**
 * What the sources of scenarios give.
 *
 * @param name its key where a step says {@code by=name}; null if it has none
 * @param number what is summed
 */
public record Item(String name, long number) {
    /** How a missing name is written. */
    static final String NO_NAME = "-";

    static Item parse(String name, String number) {
        return new Item(name.equals(NO_NAME) ? null : name, Long.parseLong(number));
    }

    @Override
    public String toString() {
        return (name == null ? NO_NAME : name) + " " + number;
    }
}
