package io.headrace.engine.tasklet;

import io.headrace.engine.queue.Channel;
import io.headrace.function.Fn;
import io.headrace.graph.Step;
import io.headrace.kernel.chain.StepFailure;
import io.headrace.kernel.codec.KeyHash;
import io.headrace.kernel.function.LocalAggregate;
import io.headrace.kernel.function.PartialAggregate;
import io.headrace.kernel.state.KeyGroups;

/**
 * Sends each record to the owner of its key group. Null keys go to the first consumer. Before a
 * windowed aggregate in two phases it collects what the local half makes of the records.
 */
final class HashEdge extends EdgeOut {
    private final String step;
    private final Fn<Object, Object> selector;
    private final KeyHash keyHash;
    private final int[] owners;
    private final LocalAggregate local;

    /**
     * Creates the edge.
     *
     * @param local aggregates before the exchange; null to send all records as they are
     */
    HashEdge(Channel[] channels, Step.KeyBy step, LocalAggregate local, int keyGroups) {
        super(channels);
        this.step = step.name();
        this.selector = step.selector();
        this.keyHash = KeyHash.of(step.keyType(), keyGroups);
        this.local = local;
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
        if (key == null) {
            append(0, value, timestamp);
            return;
        }
        final int hash = keyHash.hash(key);
        if (local == null || !local.add(key, hash, value, timestamp)) {
            append(owner(hash), value, timestamp);
        } else if (local.isFull()) {
            settle();
        }
    }

    private int owner(int hash) {
        return owners[KeyGroups.group(hash, owners.length)];
    }

    @Override
    void settle() {
        if (local != null && !local.isEmpty()) {
            local.drainTo(this::send);
        }
    }

    @Override
    void settleBefore(long watermark) {
        if (local != null && local.mustPrecede(watermark)) {
            settle();
        }
    }

    private void send(PartialAggregate partial) {
        append(owner(partial.hash()), partial.sent(), partial.timestamp());
    }

    @Override
    boolean collects() {
        return local != null && !local.isEmpty();
    }
}
