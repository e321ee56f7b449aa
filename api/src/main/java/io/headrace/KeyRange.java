package io.headrace;

import java.io.Serializable;

/**
 * The key of a stream behind {@link DataStream#partitionByRange}: one of some ranges of values, in
 * their order.
 *
 * <p>As a whole key it is placed by its number and not by a hash: range {@code index} is in key
 * group {@code index × groups / count}, so that the ranges of a subtask come before those of the
 * next one, whatever the parallelism.
 *
 * @param index 0 for the lowest values, to {@code count} - 1
 * @param count how many ranges there are, 1 to {@link #COUNT_MAX}
 */
public record KeyRange(int index, int count) implements Comparable<KeyRange>, Serializable {
    /** The most ranges: some for each of very many subtasks, few enough to name in checkpoints. */
    public static final int COUNT_MAX = 1024;

    /**
     * Creates the key of a range.
     *
     * @throws IllegalArgumentException if there is no such range
     */
    public KeyRange {
        if (count < 1 || count > COUNT_MAX) {
            throw new IllegalArgumentException(
                    "there are " + count + " ranges, must be 1 to " + COUNT_MAX);
        }
        if (index < 0 || index >= count) {
            throw new IllegalArgumentException(
                    "range " + index + " is not from 0 to " + (count - 1));
        }
    }

    /** Compares by the order of the ranges. */
    @Override
    public int compareTo(KeyRange other) {
        int byIndex = Integer.compare(index, other.index);
        return byIndex == 0 ? Integer.compare(count, other.count) : byIndex;
    }
}
