package io.headrace.examples.fraud;

/** What happens to a transaction, from harmless to severe. */
public enum Decision {
    /** Let it through; the only decision that is not an alert. */
    APPROVE,
    /** Let a person look at it. */
    REVIEW,
    /** Stop it. */
    BLOCK
}
