package io.headrace.examples.fraud;

import java.util.List;

/**
 * What {@link FraudScore} says about a transaction.
 *
 * @param score how suspicious it is, from 0 to 1
 * @param decision what follows from the score
 * @param reasons the rules that were broken, worst first; empty exactly for {@link
 *     Decision#APPROVE}
 */
public record Assessment(double score, Decision decision, List<Reason> reasons) {
    /** Copies the reasons. */
    public Assessment {
        reasons = List.copyOf(reasons);
    }
}
