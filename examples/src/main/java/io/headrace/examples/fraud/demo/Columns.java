package io.headrace.examples.fraud.demo;

import io.headrace.cli.UsageException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which column of a user's file is what: {@code id=TRANSACTION_ID,time=TX_DATETIME}; columns of the
 * labels have the prefix {@code labels.}.
 *
 * @param transactions by component of a transaction
 * @param labels by component of a label
 */
record Columns(Map<String, String> transactions, Map<String, String> labels) {
    static final String LABEL_PREFIX = "labels.";

    private static final List<String> TRANSACTION =
            List.of("id", "time", "customer", "terminal", "amount");
    private static final List<String> LABEL = List.of("id", "time", "fraud", "scenario");

    /**
     * Reads the option.
     *
     * @throws UsageException if it names something that does not exist
     */
    static Columns parse(String text) {
        Map<String, String> transactions = new LinkedHashMap<>();
        Map<String, String> labels = new LinkedHashMap<>();
        for (String pair : text.isEmpty() ? new String[0] : text.split(",")) {
            int equals = pair.indexOf('=');
            if (equals < 1 || equals == pair.length() - 1) {
                throw new UsageException(
                        "--columns: '" + pair + "' is no NAME=COLUMN; write id=TRANSACTION_ID,…");
            }
            String name = pair.substring(0, equals);
            String column = pair.substring(equals + 1);
            if (name.startsWith(LABEL_PREFIX)) {
                put(labels, name.substring(LABEL_PREFIX.length()), column, LABEL);
            } else {
                put(transactions, name, column, TRANSACTION);
            }
        }
        return new Columns(transactions, labels);
    }

    private static void put(
            Map<String, String> columns, String name, String column, List<String> known) {
        if (!known.contains(name)) {
            throw new UsageException(
                    "--columns: there is no '"
                            + name
                            + "'; it can be "
                            + String.join(", ", known)
                            + ", for labels with the prefix "
                            + LABEL_PREFIX);
        }
        columns.put(name, column);
    }
}
