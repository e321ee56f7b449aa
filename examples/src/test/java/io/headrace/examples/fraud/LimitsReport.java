package io.headrace.examples.fraud;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/**
 * Prints the tables from which the limits were read, and how good they are elsewhere.
 *
 * <p>Command: {@code LimitsReport DIR} for a directory that the simulator wrote. The tables look at
 * days 1 to 60 only and were used with seed 0 only; the last line is about the days after, and is
 * never used to choose a limit.
 */
final class LimitsReport {
    private static final int TUNING_DAYS = 60;

    /** The terminal's windows are full from day 38 on: 7 days of delay and 30 of width. */
    private static final int FULL_WINDOW_DAYS = 37;

    private final Map<String, long[]> decisions = new TreeMap<>();
    private final Table timesAverage = new Table("amount / customerAverage30d", 0.25);
    private final Table weekRate = new Table("terminalFraudRate7d, 2 frauds or more", 0.1);
    private final Table monthRate = new Table("terminalFraudRate30d, the same", 0.05);
    private final Quality quality = new Quality();
    private Instant start;

    private LimitsReport() {}

    /** Transactions and frauds by ranges of one feature. */
    private static final class Table {
        private final String title;
        private final double step;
        private final Map<Long, long[]> counts = new TreeMap<>();

        Table(String title, double step) {
            this.title = title;
            this.step = step;
        }

        void add(double value, boolean fraud) {
            count(counts.computeIfAbsent((long) (value / step), key -> new long[2]), fraud);
        }

        void print() {
            System.out.println(title);
            counts.forEach((key, count) -> printRow(String.format("%7.2f", key * step), count));
        }
    }

    private static void count(long[] counts, boolean fraud) {
        counts[0]++;
        counts[1] += fraud ? 1 : 0;
    }

    private static void printRow(String name, long[] counts) {
        double share = (double) counts[1] / counts[0];
        System.out.printf("  %-8s %8d rows %8.3f frauds%n", name, counts[0], share);
    }

    private void add(FeatureOracle.Judged judged) {
        Features features = judged.features();
        Transaction transaction = features.transaction();
        Assessment assessment = FraudScore.assess(features);
        quality.add(
                transaction.time().getEpochSecond(),
                transaction.customer(),
                assessment.score(),
                assessment.decision(),
                judged.fraud());
        if (start == null) {
            start = transaction.time();
        }
        long day = Duration.between(start, transaction.time()).toDays();
        if (day < TUNING_DAYS) {
            String decision = assessment.decision().name();
            count(decisions.computeIfAbsent(decision, key -> new long[2]), judged.fraud());
            if (transaction.amount().compareTo(FraudLimits.AMOUNT_LIMIT) <= 0) {
                tabulate(features, day, judged.fraud());
            }
        }
    }

    private void tabulate(Features features, long day, boolean fraud) {
        double amount = features.transaction().amount().doubleValue();
        timesAverage.add(amount / Math.max(0.01, features.customer().average30d()), fraud);
        TerminalHistory terminal = features.terminal();
        long frauds = Math.round(terminal.fraudRate7d() * terminal.count7d());
        if (frauds >= FraudLimits.TERMINAL_FRAUDS_MIN && day >= FULL_WINDOW_DAYS) {
            if (terminal.fraudRate30d() <= FraudLimits.TERMINAL_SPENT_LIMIT) {
                weekRate.add(terminal.fraudRate7d(), fraud);
            }
            if (terminal.fraudRate7d() >= FraudLimits.TERMINAL_RATE_LIMIT) {
                monthRate.add(terminal.fraudRate30d(), fraud);
            }
        }
    }

    private void print() {
        System.out.println("decisions on days 1 to 60");
        decisions.forEach(LimitsReport::printRow);
        timesAverage.print();
        weekRate.print();
        monthRate.print();
        Quality.Figures figures = quality.figures();
        System.out.println("after day 60");
        printFigure("precision", figures, Quality.Figures::precision);
        printFigure("recall", figures, Quality.Figures::recall);
        printFigure("average precision", figures, Quality.Figures::averagePrecision);
        printFigure("card precision@100", figures, Quality.Figures::cardPrecisionAt100);
        printFigure("fraud share", figures, Quality.Figures::fraudShare);
    }

    private static void printFigure(
            String name, Quality.Figures figures, ToDoubleFunction<Quality.Figures> figure) {
        System.out.printf("  %-18s %.4f%n", name, figure.applyAsDouble(figures));
    }

    /** Prints the report of one data set. */
    public static void main(String[] args) throws IOException {
        Locale.setDefault(Locale.ROOT);
        Path directory = Path.of(args[0]);
        FeatureOracle oracle =
                new FeatureOracle(
                        directory.resolve(FraudSimulator.TRANSACTIONS),
                        directory.resolve(FraudSimulator.LABELS));
        LimitsReport report = new LimitsReport();
        oracle.judged().forEach(report::add);
        report.print();
    }
}
