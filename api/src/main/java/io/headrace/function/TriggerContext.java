package io.headrace.function;

/** What a trigger can ask about the window at hand. Valid during one call. */
public interface TriggerContext {
    /**
     * Returns the bounds of the window. Those of a global window are the least and the greatest
     * {@code long}.
     */
    TimeWindow window();

    /**
     * Returns how far event time is: the watermark of the step, or in a timer of event time the
     * time of the timer. {@link Long#MIN_VALUE} before the first watermark.
     */
    long eventTime();

    /** Returns the runner's clock, in milliseconds since 1970-01-01T00:00Z. */
    long processingTime();
}
