package io.headrace.kernel.function;

import java.util.List;

/**
 * The keys with the most records of one subtask at some recent moment.
 *
 * @param records how many records that was of, those of long ago counted less
 * @param keys the most frequent first
 */
public record FrequentKeys(long records, List<FrequentKey> keys) {
    /** No record has come. */
    public static final FrequentKeys NONE = new FrequentKeys(0, List.of());

    /** Copies the list. */
    public FrequentKeys {
        keys = List.copyOf(keys);
    }
}
