package io.headrace.state;

import java.util.OptionalLong;

/** A named timer with at most one pending time per key. */
public interface Timer {
    /**
     * Sets the time, in milliseconds since 1970-01-01T00:00Z, and replaces the one that was
     * pending. A time at or before the watermark fires before the next record.
     */
    void set(long time);

    /** Forgets the pending time, if there is one. */
    void clear();

    /** Returns the pending time of the key at hand. */
    OptionalLong time();
}
