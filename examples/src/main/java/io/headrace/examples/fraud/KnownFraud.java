package io.headrace.examples.fraud;

/**
 * A transaction that the bank knows to be a fraud, by one of its labels.
 *
 * @param id the transaction
 * @param terminal where the card was used
 * @param transactionMillis when, since 1970-01-01T00:00Z
 * @param knownMillis when the bank learned it
 */
record KnownFraud(long id, long terminal, long transactionMillis, long knownMillis)
        implements TerminalEvent {}
