package io.headrace.flink;

import io.headrace.graph.Step;
import io.headrace.kernel.codec.KeyHash;
import io.headrace.kernel.state.KeyGroups;
import org.apache.flink.api.java.functions.KeySelector;

/**
 * Finds the stable hash of the key of a record, which decides its subtask. The key itself is found
 * behind the exchange, where a failure of its function names the step; so a record of which it
 * cannot be found, or that has none, goes to the first subtask.
 */
final class HashSelector implements KeySelector<Moved, Integer> {
    private static final long serialVersionUID = 1L;

    private final byte[] shipped;
    private final int keyGroups;
    private transient Step.KeyBy step;
    private transient KeyHash hash;

    HashSelector(Step.KeyBy step, int keyGroups) {
        this.shipped = Shipped.write(step);
        this.keyGroups = keyGroups;
    }

    @Override
    public Integer getKey(Moved moved) {
        if (step == null) {
            step =
                    (Step.KeyBy)
                            Shipped.read(shipped, Thread.currentThread().getContextClassLoader());
            hash = KeyHash.of(step.keyType(), keyGroups);
        }
        Object key;
        try {
            key = step.selector().apply(moved.value());
        } catch (Exception failsAgain) {
            key = null;
        }
        return key == null ? KeyGroups.hash(0, 0, keyGroups) : hash.hash(key);
    }
}
