package io.headrace.examples.fraud;

import java.time.Instant;

/**
 * What the bank learns about a transaction some time after it. A transaction with several labels is
 * a fraud from the earliest on that says so, whatever the others say.
 *
 * @param id the transaction
 * @param time when the bank learns it; seven days after the transaction in simulated data
 * @param fraud 1 for a fraud, else 0
 * @param scenario which simulated scenario the fraud follows, 1 to 3; 0 if genuine
 */
public record Label(long id, Instant time, int fraud, int scenario) implements LabelEvent {}
