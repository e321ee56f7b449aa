package io.headrace.examples.fraud;

/**
 * A transaction with its features and what was decided about it.
 *
 * @param features all that the decision depends on
 * @param assessment the decision
 */
public record Judged(Features features, Assessment assessment) {
    /** Judges a transaction. */
    static Judged of(Features features) {
        return new Judged(features, FraudScore.assess(features));
    }

    /** Returns the line of the features file. */
    Scored scored() {
        return Scored.of(features, assessment);
    }

    /** Returns whether the transaction was not approved. */
    boolean isAlert() {
        return assessment.decision() != Decision.APPROVE;
    }

    /** Returns the line of the alerts file; only of an alert. */
    Alert alert() {
        return FraudScore.alert(features, assessment);
    }
}
