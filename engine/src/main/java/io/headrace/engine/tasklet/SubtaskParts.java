package io.headrace.engine.tasklet;

import io.headrace.engine.store.BroadcastStore;
import io.headrace.engine.store.EntryCodec;
import io.headrace.engine.store.KeyedStore;
import io.headrace.kernel.chain.Chain;
import io.headrace.kernel.time.Clock;
import java.util.Collections;
import java.util.List;

/**
 * Everything a subtask is made of.
 *
 * @param steps the ids of its steps, in the order of the operators
 * @param stores for each operator its state, or null
 * @param firstKeyGroup the first key group it owns
 * @param lastKeyGroup the last key group it owns
 * @param budget keys fired, or slots swept, per step
 */
record SubtaskParts(
        List<Integer> steps,
        Chain chain,
        Intake intake,
        List<EdgeOut> edges,
        List<Store> stores,
        int firstKeyGroup,
        int lastKeyGroup,
        Mailbox mailbox,
        SubtaskMetrics metrics,
        Clock clock,
        int budget) {
    /**
     * The state of one operator and how it is stored.
     *
     * @param broadcast what it keeps without a key, or null
     */
    record Store(KeyedStore state, EntryCodec codec, BroadcastStore broadcast) {}

    /** Copies the lists; stores may hold nulls. */
    SubtaskParts {
        steps = List.copyOf(steps);
        edges = List.copyOf(edges);
        stores = Collections.unmodifiableList(new java.util.ArrayList<>(stores));
    }
}
