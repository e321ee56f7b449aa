package io.headrace.engine.tasklet;

import java.util.List;

/** Keeps the sources of a job together in event time. Read by all source subtasks. */
public final class Alignment {
    private final List<SourceProgress> sources;
    private final long aheadMillis;

    /**
     * Creates the alignment of a job.
     *
     * @param aheadMillis how far a split may be ahead of the slowest; {@link Long#MAX_VALUE} for as
     *     far as it likes
     */
    public Alignment(List<SourceProgress> sources, long aheadMillis) {
        this.sources = List.copyOf(sources);
        this.aheadMillis = aheadMillis;
    }

    /** Returns how far time is without the subtasks that are idle; at the furthest if all are. */
    long watermark() {
        long lowest = Long.MAX_VALUE;
        long highestIdle = Long.MIN_VALUE;
        for (int i = 0; i < sources.size(); i++) {
            SourceProgress source = sources.get(i);
            if (source.idle()) {
                highestIdle = Math.max(highestIdle, source.watermark());
            } else {
                lowest = Math.min(lowest, source.watermark());
            }
        }
        return lowest == Long.MAX_VALUE ? highestIdle : lowest;
    }

    /** Returns the timestamp beyond which a split has to wait. */
    long limit() {
        if (aheadMillis == Long.MAX_VALUE) {
            return Long.MAX_VALUE;
        }
        long slowest = SourceProgress.NOT_HOLDING;
        for (int i = 0; i < sources.size(); i++) {
            slowest = Math.min(slowest, sources.get(i).slowestTimestamp());
        }
        return slowest > Long.MAX_VALUE - aheadMillis ? Long.MAX_VALUE : slowest + aheadMillis;
    }
}
