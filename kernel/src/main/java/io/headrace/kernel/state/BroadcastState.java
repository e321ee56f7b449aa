package io.headrace.kernel.state;

import io.headrace.state.BroadcastHandles;

/**
 * What one subtask of a step keeps without a key, as its host keeps it: the same in every subtask,
 * but for how far each is in time. The entries of its maps are in the order in which they were put.
 *
 * <p><b>Threading.</b> One thread. <b>Snapshot.</b> A host may write the copy of any one subtask
 * whose watermark is the smallest, and give it to all when the job goes on.
 */
public interface BroadcastState extends BroadcastHandles {
    /** Returns the control records whose time has not come. */
    SeriesState<Object> waiting();
}
