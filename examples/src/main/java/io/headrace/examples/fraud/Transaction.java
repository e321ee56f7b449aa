package io.headrace.examples.fraud;

import java.math.BigDecimal;
import java.time.Instant;

/**
 * One payment by card, as the file has it.
 *
 * @param id unique, rising with time
 * @param time when the card was used
 * @param customer the card
 * @param terminal where it was used
 * @param amount what was paid, two decimal places
 */
public record Transaction(long id, Instant time, long customer, long terminal, BigDecimal amount) {}
