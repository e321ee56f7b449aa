package io.headrace.examples.fraud;

import java.math.BigDecimal;
import java.time.Instant;

/**
 * One payment by card, as the file has it. A row that no card can have made is refused, so that it
 * becomes a dead letter and does not stop the job in a step behind.
 *
 * @param id unique, rising with time
 * @param time when the card was used
 * @param customer the card
 * @param terminal where it was used
 * @param amount what was paid, at most two decimal places
 */
public record Transaction(long id, Instant time, long customer, long terminal, BigDecimal amount) {
    /** So that the spending of a lifetime, in cents, stays far within a {@code long}. */
    private static final int WHOLE_DIGITS_MAX = 12;

    private static final int DECIMALS_MAX = 2;

    /** Checks time and amount. */
    public Transaction {
        if (time == null || amount == null) {
            throw new IllegalArgumentException((time == null ? "time" : "amount") + " is missing");
        }
        if (amount.precision() - amount.scale() > WHOLE_DIGITS_MAX) {
            throw new IllegalArgumentException(
                    "amount " + amount + " has more than " + WHOLE_DIGITS_MAX + " digits");
        }
        if (amount.scale() > DECIMALS_MAX && amount.stripTrailingZeros().scale() > DECIMALS_MAX) {
            throw new IllegalArgumentException(
                    "amount " + amount + " has more than " + DECIMALS_MAX + " decimal places");
        }
    }
}
