package io.headrace.examples.fraud;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/**
 * What the pipeline reads and where it writes.
 *
 * @param transactions CSV of {@link Transaction}
 * @param labels CSV of {@link Label}, or null: then nothing is known of frauds
 * @param transactionColumns the names of columns that are called otherwise than the component
 * @param labelColumns the same for the labels
 * @param outOfOrderness how much earlier than those before it a row may be, in either file
 * @param features a directory for one JSON line per transaction, {@link Scored}
 * @param alerts a directory for one JSON line per alert, {@link Alert}
 */
public record FraudFiles(
        Path transactions,
        Path labels,
        Map<String, String> transactionColumns,
        Map<String, String> labelColumns,
        Duration outOfOrderness,
        Path features,
        Path alerts) {
    /** Copies the maps. */
    public FraudFiles {
        transactionColumns = Map.copyOf(transactionColumns);
        labelColumns = Map.copyOf(labelColumns);
    }
}
