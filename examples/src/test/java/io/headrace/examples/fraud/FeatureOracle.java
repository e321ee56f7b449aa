package io.headrace.examples.fraud;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Computes the features from the two CSV files without any code of the engine.
 *
 * <p>Written to be obviously right, not fast: it holds all rows, sorts them by time (equal times
 * stay in the order of the file) and, for every row and every window, looks back row by row over
 * the same card or the same terminal. The pipeline is compared with it, value by value and bit by
 * bit. On simulated data it takes seconds; a card or terminal with very many rows makes it slow.
 *
 * <p>Command: {@code FeatureOracle TRANSACTIONS LABELS OUT}, where LABELS may be {@code -}.
 */
final class FeatureOracle {
    private static final long DAY_SECONDS = 86_400;
    private static final long DELAY_SECONDS = 7 * DAY_SECONDS;

    private final List<Row> rows = new ArrayList<>();
    private final boolean labelled;

    /**
     * One transaction with what its labels will say; {@code knownAt} is never if none says fraud.
     */
    private static final class Row {
        private final long id;
        private final long second;
        private final long customer;
        private final long terminal;
        private final long cents;
        private boolean labelled;
        private boolean fraud;
        private long knownAt = Long.MAX_VALUE;

        Row(String line) {
            String[] fields = line.split(",", -1);
            id = Long.parseLong(fields[0]);
            second = Instant.parse(fields[1]).getEpochSecond();
            customer = Long.parseLong(fields[2]);
            terminal = Long.parseLong(fields[3]);
            cents = new BigDecimal(fields[4]).movePointRight(2).longValueExact();
        }

        /** It is a fraud from the earliest label on that says so. */
        void label(long labelSecond, boolean saysFraud) {
            labelled = true;
            if (saysFraud) {
                fraud = true;
                knownAt = Math.min(knownAt, labelSecond);
            }
        }

        Transaction transaction() {
            Instant time = Instant.ofEpochSecond(second);
            return new Transaction(id, time, customer, terminal, BigDecimal.valueOf(cents, 2));
        }
    }

    /** A row as the oracle sees it: its features and, if there are labels, the truth. */
    record Judged(Features features, Boolean fraud) {
        Scored scored() {
            return Scored.of(features, FraudScore.assess(features));
        }
    }

    /**
     * Reads both files.
     *
     * @param labels null to run without labels: all rates are null
     */
    FeatureOracle(Path transactions, Path labels) throws IOException {
        labelled = labels != null;
        Map<Long, Row> byId = new HashMap<>();
        try (BufferedReader reader = Files.newBufferedReader(transactions)) {
            requireHeader(reader.readLine(), "id,time,customer,terminal,amount");
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                Row row = new Row(line);
                rows.add(row);
                if (labelled && byId.put(row.id, row) != null) {
                    throw new IllegalArgumentException("id=" + row.id + " appears twice");
                }
            }
        }
        if (labelled) {
            readLabels(labels, byId);
        }
        rows.sort(Comparator.comparingLong(row -> row.second)); // Stable: ties keep their order.
    }

    private static void readLabels(Path labels, Map<Long, Row> byId) throws IOException {
        try (BufferedReader reader = Files.newBufferedReader(labels)) {
            requireHeader(reader.readLine(), "id,time,fraud,scenario");
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                String[] fields = line.split(",", -1);
                Row row = byId.get(Long.parseLong(fields[0]));
                if (row != null) {
                    row.label(Instant.parse(fields[1]).getEpochSecond(), fields[2].equals("1"));
                }
            }
        }
    }

    private static void requireHeader(String actual, String expected) {
        if (!expected.equals(actual)) {
            throw new IllegalArgumentException("header is " + actual + ", expected " + expected);
        }
    }

    /** Returns every row in order of event time, computed while it is iterated. */
    Iterable<Judged> judged() {
        return () -> rows.stream().map(new Past()::judge).iterator();
    }

    /** The rows so far, by card and by terminal, in order of event time. */
    private final class Past {
        private final Map<Long, List<Row>> byCustomer = new HashMap<>();
        private final Map<Long, List<Row>> byTerminal = new HashMap<>();

        Judged judge(Row row) {
            List<Row> ofCustomer =
                    byCustomer.computeIfAbsent(row.customer, key -> new ArrayList<>());
            List<Row> ofTerminal =
                    byTerminal.computeIfAbsent(row.terminal, key -> new ArrayList<>());
            ofCustomer.add(row);
            ofTerminal.add(row);
            Features features =
                    new Features(
                            row.transaction(),
                            customer(row, ofCustomer),
                            terminal(row, ofTerminal));
            Boolean fraud = !row.labelled ? null : (Boolean) row.fraud;
            return new Judged(features, fraud);
        }
    }

    private static CustomerHistory customer(Row row, List<Row> rowsSoFar) {
        long[] counts = new long[3];
        double[] averages = new double[3];
        int[] days = {1, 7, 30};
        for (int i = 0; i < 3; i++) {
            long cents = 0;
            for (int at = rowsSoFar.size() - 1; at >= 0; at--) {
                Row other = rowsSoFar.get(at);
                if (other.second <= row.second - days[i] * DAY_SECONDS) {
                    break; // Sorted: all before it are older still.
                }
                counts[i]++;
                cents += other.cents;
            }
            averages[i] = cents / (100.0 * counts[i]);
        }
        return new CustomerHistory(
                counts[0], averages[0], counts[1], averages[1], counts[2], averages[2]);
    }

    private TerminalHistory terminal(Row row, List<Row> rowsSoFar) {
        long[] counts = new long[3];
        Double[] rates = new Double[3];
        int[] days = {1, 7, 30};
        long windowEnd = row.second - DELAY_SECONDS;
        for (int i = 0; i < 3; i++) {
            long frauds = 0;
            for (int at = rowsSoFar.size() - 1; at >= 0; at--) {
                Row other = rowsSoFar.get(at);
                if (other.second <= windowEnd - days[i] * DAY_SECONDS) {
                    break; // Sorted: all before it are older still.
                }
                if (other.second <= windowEnd) {
                    counts[i]++;
                    frauds += other.fraud && other.knownAt <= row.second ? 1 : 0;
                }
            }
            if (labelled) {
                rates[i] = counts[i] == 0 ? 0.0 : (double) frauds / counts[i];
            }
        }
        return new TerminalHistory(counts[0], rates[0], counts[1], rates[1], counts[2], rates[2]);
    }

    /** Returns the line of the features file, without its end. */
    static String json(Scored scored) {
        StringBuilder line = new StringBuilder(400);
        line.append("{\"id\":").append(scored.id());
        line.append(",\"time\":\"").append(scored.time()).append('"');
        line.append(",\"customer\":").append(scored.customer());
        line.append(",\"terminal\":").append(scored.terminal());
        line.append(",\"amount\":").append(scored.amount());
        line.append(",\"customerCount1d\":").append(scored.customerCount1d());
        line.append(",\"customerAverage1d\":").append(scored.customerAverage1d());
        line.append(",\"customerCount7d\":").append(scored.customerCount7d());
        line.append(",\"customerAverage7d\":").append(scored.customerAverage7d());
        line.append(",\"customerCount30d\":").append(scored.customerCount30d());
        line.append(",\"customerAverage30d\":").append(scored.customerAverage30d());
        line.append(",\"terminalCount1d\":").append(scored.terminalCount1d());
        line.append(",\"terminalFraudRate1d\":").append(scored.terminalFraudRate1d());
        line.append(",\"terminalCount7d\":").append(scored.terminalCount7d());
        line.append(",\"terminalFraudRate7d\":").append(scored.terminalFraudRate7d());
        line.append(",\"terminalCount30d\":").append(scored.terminalCount30d());
        line.append(",\"terminalFraudRate30d\":").append(scored.terminalFraudRate30d());
        line.append(",\"score\":").append(scored.score());
        line.append(",\"decision\":\"").append(scored.decision()).append("\"}");
        return line.toString();
    }

    /** Writes the features file of the given CSV files, one JSON line per row, in event time. */
    public static void main(String[] args) throws IOException {
        Path labels = args[1].equals("-") ? null : Path.of(args[1]);
        FeatureOracle oracle = new FeatureOracle(Path.of(args[0]), labels);
        try (BufferedWriter writer = Files.newBufferedWriter(Path.of(args[2]))) {
            for (Judged judged : oracle.judged()) {
                writer.write(json(judged.scored()));
                writer.write('\n');
            }
        }
    }
}
