package io.headrace.state;

/** Which clock a timer follows. */
public enum TimeDomain {
    /** The watermark. */
    EVENT_TIME,
    /** The runner's clock. */
    PROCESSING_TIME
}
