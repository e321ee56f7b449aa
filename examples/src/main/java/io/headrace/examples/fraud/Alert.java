package io.headrace.examples.fraud;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;

/**
 * A transaction that was not approved, and why: one line of the alerts file.
 *
 * @param id see {@link Transaction}
 * @param time when the card was used
 * @param customer the card
 * @param terminal where it was used
 * @param amount what was paid
 * @param score how suspicious it is, from 0 to 1
 * @param decision REVIEW or BLOCK
 * @param reasons the rules that were broken, worst first; never empty
 * @param sentence the worst reason for people, without the time
 */
public record Alert(
        long id,
        Instant time,
        long customer,
        long terminal,
        BigDecimal amount,
        double score,
        Decision decision,
        List<Reason> reasons,
        String sentence) {

    /** Copies the reasons. */
    public Alert {
        reasons = List.copyOf(reasons);
    }
}
