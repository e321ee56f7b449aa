package io.headrace.testkit.simulation;

/**
 * A record of a simulation.
 *
 * @param key null makes it a dead letter of {@code keyBy}
 * @param time in milliseconds since 1970
 * @param id unique
 * @param amount what is aggregated
 * @param split the number of the split it is in
 */
public record Measurement(String key, long time, long id, long amount, int split) {
    /** Returns a key that no other split has, so that the order of its records is defined. */
    String keyOfSplit() {
        return key == null ? null : split + "/" + key;
    }
}
