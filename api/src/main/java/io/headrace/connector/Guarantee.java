package io.headrace.connector;

/** What a sink promises about the records that its target shows. */
public enum Guarantee {
    /** Each record is shown once, when the checkpoint that contains it is durable. */
    EXACTLY_ONCE,
    /** Each record is shown at once, and again after a failure. */
    AT_LEAST_ONCE
}
