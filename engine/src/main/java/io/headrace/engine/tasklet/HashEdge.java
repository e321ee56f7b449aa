package io.headrace.engine.tasklet;

import io.headrace.engine.queue.Channel;
import io.headrace.function.Fn;
import io.headrace.graph.Step;
import io.headrace.kernel.chain.StepFailure;
import io.headrace.kernel.codec.KeyHash;
import io.headrace.kernel.state.KeyGroups;

/** Sends each record to the owner of its key group. Null keys go to the first consumer. */
final class HashEdge extends EdgeOut {
    private final String step;
    private final Fn<Object, Object> selector;
    private final KeyHash keyHash;
    private final int[] owners;

    HashEdge(Channel[] channels, Step.KeyBy step, int keyGroups) {
        super(channels);
        this.step = step.name();
        this.selector = step.selector();
        this.keyHash = KeyHash.of(step.keyType());
        this.owners = new int[keyGroups];
        for (int group = 0; group < keyGroups; group++) {
            owners[group] = KeyGroups.subtask(group, channels.length, keyGroups);
        }
    }

    @Override
    public void emit(Object value, long timestamp) {
        Object key;
        try {
            key = selector.apply(value);
        } catch (Exception failed) {
            throw new StepFailure(step, null, value, failed);
        }
        int target = key == null ? 0 : owners[KeyGroups.group(keyHash.hash(key), owners.length)];
        append(target, value, timestamp);
    }
}
