package io.headrace.examples.fraud;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * Simulates card transactions and the frauds among them, because real ones cannot be handed on.
 *
 * <p>Follows the prose of <i>Reproducible Machine Learning for Credit Card Fraud Detection –
 * Practical Handbook</i> (Le Borgne, Siblini, Lebichot, Bontempi; Université Libre de Bruxelles,
 * 2022), chapter 3, "Transaction data simulator": customers with a place, a mean amount and a daily
 * number of transactions, terminals within reach, and three fraud scenarios. The code is our own
 * and so are the random numbers; the figures are alike, not equal.
 *
 * <p>Two files are written, sorted by time, ids counting from 0:
 *
 * <ul>
 *   <li>{@value #TRANSACTIONS}: {@code id,time,customer,terminal,amount}
 *   <li>{@value #LABELS}: {@code id,time,fraud,scenario}, with the time at which the bank learns
 *       the truth, seven days after the transaction
 * </ul>
 *
 * <p>Equal options give equal bytes on every platform. Memory is one day of transactions and the
 * terminals in reach of each customer: a few megabytes for the defaults. Safe to share; each call
 * of {@link #writeTo} is one thread's work.
 */
public final class FraudSimulator {
    /** The name of the file of transactions; when it exists, both files are complete. */
    public static final String TRANSACTIONS = "transactions.csv";

    /** The name of the file of labels. */
    public static final String LABELS = "labels.csv";

    private static final int LABEL_DELAY_DAYS = 7;

    private final SimulationOptions options;

    /** Prepares a simulation; nothing is drawn yet. */
    public FraudSimulator(SimulationOptions options) {
        this.options = options;
    }

    /** Hears how far the simulation is, on the thread that simulates. */
    @FunctionalInterface
    public interface Progress {
        /**
         * Called after each day; what it throws ends the simulation and leaves nothing behind.
         *
         * @param daysDone from 1 to {@code days}
         * @param days the days in all
         * @param rows the transactions so far
         */
        void onDay(int daysDone, int days, long rows);
    }

    /**
     * Writes the data set, complete or not at all; an older one in the directory is replaced.
     *
     * @param directory created if missing
     * @throws IOException if the files cannot be written; then nothing new is left behind
     * @throws IllegalArgumentException if the world does not fit in memory
     */
    public SimulatedData writeTo(Path directory, Progress progress) throws IOException {
        SimulatedDay day = new SimulatedDay(options);
        try (PairedFiles files = new PairedFiles(directory, LABELS, TRANSACTIONS)) {
            CsvRows labels = new CsvRows(files.firstChannel(), "id,time,fraud,scenario");
            CsvRows transactions =
                    new CsvRows(files.secondChannel(), "id,time,customer,terminal,amount");
            long rows = 0;
            long frauds = 0;
            for (int index = 0; index < options.days(); index++) {
                day.drawNext();
                writeTransactions(transactions, day, datePrefix(index), rows);
                int labelDay = index + LABEL_DELAY_DAYS;
                frauds += writeLabels(labels, day, datePrefix(labelDay), rows);
                rows += day.size();
                progress.onDay(index + 1, options.days(), rows);
            }
            labels.flush();
            transactions.flush();
            boolean directorySynced = files.publish();
            return new SimulatedData(files.second(), files.first(), rows, frauds, directorySynced);
        }
    }

    private byte[] datePrefix(int day) {
        return (options.start().plusDays(day) + "T").getBytes(StandardCharsets.US_ASCII);
    }

    private static void writeTransactions(
            CsvRows file, SimulatedDay day, byte[] datePrefix, long firstId) throws IOException {
        for (int rank = 0; rank < day.size(); rank++) {
            file.number(firstId + rank).comma();
            file.text(datePrefix).timeOfDay(day.secondOfDay(rank)).comma();
            file.number(day.customer(rank)).comma();
            file.number(day.terminal(rank)).comma();
            file.amount(day.cents(rank)).endRow();
        }
    }

    private static long writeLabels(CsvRows file, SimulatedDay day, byte[] datePrefix, long firstId)
            throws IOException {
        long frauds = 0;
        for (int rank = 0; rank < day.size(); rank++) {
            int scenario = day.scenario(rank);
            int fraud = scenario == 0 ? 0 : 1;
            file.number(firstId + rank).comma();
            file.text(datePrefix).timeOfDay(day.secondOfDay(rank)).comma();
            file.number(fraud).comma();
            file.number(scenario).endRow();
            frauds += fraud;
        }
        return frauds;
    }
}
