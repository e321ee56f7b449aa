package io.headrace.flink;

import io.headrace.connector.Split;
import io.headrace.kernel.time.SplitTime;
import org.apache.flink.api.connector.source.SourceSplit;

/**
 * A split, and where its reader is.
 *
 * @param position null at the start
 * @param time how far its time is
 * @param allAssigned whether no split waits for a reader that was known when this one was assigned
 *     or saved
 */
record FlinkSplit(Split split, Object position, SplitTime time, boolean allAssigned)
        implements SourceSplit {
    /** Returns it at the moment at which it is assigned. */
    FlinkSplit assigned(boolean last) {
        return new FlinkSplit(split, position, time, last);
    }

    @Override
    public String splitId() {
        return split.id();
    }
}
