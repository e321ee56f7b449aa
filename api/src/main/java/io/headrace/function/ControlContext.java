package io.headrace.function;

/** What a function can ask about the control record at hand. Valid during one call. */
public interface ControlContext {
    /** Returns the timestamp of the record, in milliseconds since 1970-01-01T00:00Z. */
    long timestamp();

    /**
     * Returns whether the record came when time had passed it: it takes effect now, for records
     * that are later than the watermark of the subtask. For people and counters; what depends on it
     * may differ between subtasks.
     */
    boolean late();
}
