package io.headrace.examples.fraud;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Measures how good the decisions of a run were, once the truth is known.
 *
 * <p>Rows may come in any order; the figures depend on the set of rows only. Counted are the
 * labelled rows after the first {@value #WARM_UP_DAYS_MAX} days, or after the first third of the
 * days if that is fewer: before, windows are not full and the limits were chosen. Days are UTC
 * days, from that of the first row to that of the last.
 *
 * <p>About 21 bytes per row, some 40 MB for the default data set. One thread at a time.
 */
public final class Quality {
    /** The most days, from the first, that are not counted. */
    public static final int WARM_UP_DAYS_MAX = 60;

    private static final int SECONDS_PER_DAY = 86_400;
    private static final int CARDS_CHECKED_PER_DAY = 100;

    private static final int FRAUD = 1;
    private static final int ALERT = 2;
    private static final int LABELLED = 4;

    private int size;
    private int firstDay = Integer.MAX_VALUE;
    private int lastDay = Integer.MIN_VALUE;
    private int[] days = new int[1024];
    private long[] customers = new long[1024];
    private double[] scores = new double[1024];
    private byte[] flags = new byte[1024];

    /**
     * The figures of a run. A share is null where it has no meaning: without labels, and where
     * nothing could be counted.
     *
     * @param counted the rows the other figures are about
     * @param fraudShare frauds among these rows
     * @param precision frauds among the alerts
     * @param recall alerts among the frauds
     * @param averagePrecision the sum, over the scores from high to low, of the precision down to
     *     that score times the recall gained at it; rows of one score count at once
     * @param cardPrecisionAt100 the mean over the days of the share of compromised cards among the
     *     100 cards with the highest scores of the day (the smaller number first on ties). A card
     *     is compromised on a day with a fraud, and leaves the later days once found. With fewer
     *     than 100 cards left the share is still of 100. After the handbook of {@link
     *     FraudSimulator}, chapter 4, "Precision top-k metrics"
     */
    public record Figures(
            long counted,
            Double fraudShare,
            Double precision,
            Double recall,
            Double averagePrecision,
            Double cardPrecisionAt100) {}

    /**
     * Adds one row.
     *
     * @param epochSecond the time of the transaction
     * @param score from 0 to 1
     * @param fraud the truth, or null if it is not known
     */
    public void add(
            long epochSecond, long customer, double score, Decision decision, Boolean fraud) {
        if (!(score >= 0 && score <= 1)) {
            throw new IllegalArgumentException("score=" + score + ": must be from 0 to 1");
        }
        if (size == days.length) {
            grow();
        }
        int day = Math.toIntExact(Math.floorDiv(epochSecond, SECONDS_PER_DAY));
        firstDay = Math.min(firstDay, day);
        lastDay = Math.max(lastDay, day);
        days[size] = day;
        customers[size] = customer;
        scores[size] = score + 0.0; // No negative zero: the bits are compared.
        int truth = fraud == null ? 0 : fraud ? LABELLED | FRAUD : LABELLED;
        flags[size] = (byte) (truth | (decision == Decision.APPROVE ? 0 : ALERT));
        size++;
    }

    private void grow() {
        int room = size + size / 2;
        days = Arrays.copyOf(days, room);
        customers = Arrays.copyOf(customers, room);
        scores = Arrays.copyOf(scores, room);
        flags = Arrays.copyOf(flags, room);
    }

    /** Returns the figures of the rows so far; more may be added afterwards. */
    public Figures figures() {
        int from = firstCountedDay();
        long counted = 0;
        long frauds = 0;
        long alerts = 0;
        long hits = 0;
        for (int row = 0; row < size; row++) {
            if (isCounted(row, from)) {
                boolean fraud = (flags[row] & FRAUD) != 0;
                boolean alert = (flags[row] & ALERT) != 0;
                counted++;
                frauds += fraud ? 1 : 0;
                alerts += alert ? 1 : 0;
                hits += fraud && alert ? 1 : 0;
            }
        }
        return new Figures(
                counted,
                share(frauds, counted),
                share(hits, alerts),
                share(hits, frauds),
                frauds == 0 ? null : (Double) averagePrecision(from, counted, frauds),
                counted == 0 ? null : (Double) cardPrecision(from));
    }

    private int firstCountedDay() {
        return size == 0 ? 0 : firstDay + Math.min(WARM_UP_DAYS_MAX, (lastDay - firstDay + 1) / 3);
    }

    private boolean isCounted(int row, int from) {
        return days[row] >= from && (flags[row] & LABELLED) != 0;
    }

    private static Double share(long part, long whole) {
        return whole == 0 ? null : (Double) ((double) part / whole);
    }

    /** Sorts (score, truth) packed into longs: bits of scores from 0 to 1 rise with the score. */
    private double averagePrecision(int from, long counted, long frauds) {
        long[] ranking = new long[Math.toIntExact(counted)];
        int next = 0;
        for (int row = 0; row < size; row++) {
            if (isCounted(row, from)) {
                ranking[next++] = Double.doubleToLongBits(scores[row]) << 1 | flags[row] & FRAUD;
            }
        }
        Arrays.sort(ranking);
        double sum = 0;
        long hits = 0;
        int at = next - 1;
        while (at >= 0) {
            long score = ranking[at] >>> 1;
            long hitsBefore = hits;
            while (at >= 0 && ranking[at] >>> 1 == score) {
                hits += ranking[at] & FRAUD;
                at--;
            }
            double precision = (double) hits / (next - 1 - at);
            sum += precision * (hits - hitsBefore) / frauds;
        }
        return sum;
    }

    private double cardPrecision(int from) {
        int[] starts = new int[lastDay - from + 2];
        int[] rows = rowsByDay(from, starts);
        Set<Long> found = new HashSet<>();
        double sum = 0;
        int daysWithRows = 0;
        for (int day = 0; day + 1 < starts.length; day++) {
            if (starts[day] < starts[day + 1]) {
                sum += cardPrecisionOfDay(rows, starts[day], starts[day + 1], found);
                daysWithRows++;
            }
        }
        return sum / daysWithRows;
    }

    /** Returns the counted rows, those of one day after those of the day before. */
    private int[] rowsByDay(int from, int[] starts) {
        for (int row = 0; row < size; row++) {
            if (isCounted(row, from)) {
                starts[days[row] - from + 1]++;
            }
        }
        for (int day = 1; day < starts.length; day++) {
            starts[day] += starts[day - 1];
        }
        int[] next = starts.clone();
        int[] rows = new int[starts[starts.length - 1]];
        for (int row = 0; row < size; row++) {
            if (isCounted(row, from)) {
                rows[next[days[row] - from]++] = row;
            }
        }
        return rows;
    }

    /** A card on one day: its highest score, and whether any of its transactions was a fraud. */
    private record Card(long customer, double score, boolean compromised)
            implements Comparable<Card> {
        Card join(Card other) {
            return new Card(
                    customer, Math.max(score, other.score), compromised || other.compromised);
        }

        @Override
        public int compareTo(Card other) {
            int byScore = Double.compare(other.score, score);
            return byScore != 0 ? byScore : Long.compare(customer, other.customer);
        }
    }

    private double cardPrecisionOfDay(int[] rows, int start, int end, Set<Long> found) {
        Map<Long, Card> cards = new HashMap<>();
        for (int i = start; i < end; i++) {
            int row = rows[i];
            if (!found.contains(customers[row])) {
                boolean fraud = (flags[row] & FRAUD) != 0;
                Card card = new Card(customers[row], scores[row], fraud);
                cards.merge(card.customer, card, Card::join);
            }
        }
        List<Card> worst = cards.values().stream().sorted().limit(CARDS_CHECKED_PER_DAY).toList();
        int hits = 0;
        for (Card card : worst) {
            if (card.compromised) {
                found.add(card.customer);
                hits++;
            }
        }
        return (double) hits / CARDS_CHECKED_PER_DAY;
    }
}
