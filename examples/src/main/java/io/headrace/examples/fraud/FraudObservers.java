package io.headrace.examples.fraud;

import io.headrace.connector.Source;
import io.headrace.function.Action;
import java.util.function.UnaryOperator;

/**
 * What looks on while the pipeline runs. None of it changes a result.
 *
 * @param transactions puts something around the source of transactions, for example a throttle
 * @param judged is called for each decision, or null; after a recovery, for some again
 * @param alerts is called for each alert, or null; after a recovery, for some again
 */
public record FraudObservers(
        UnaryOperator<Source<Transaction, ?, ?>> transactions,
        Action<Judged> judged,
        Action<Alert> alerts) {
    /** Nobody looks on. */
    public static final FraudObservers NONE =
            new FraudObservers(UnaryOperator.identity(), null, null);
}
