package io.headrace.examples.fraud;

import io.headrace.examples.fraud.RandomStream.Purpose;
import java.util.Arrays;

/**
 * Draws the transactions of one day after another, in order of time.
 *
 * <p>One buffer serves all days. A day is drawn customer by customer; sorting its slots by (second
 * of the day, order of drawing) then gives the order of the file. Frauds are marked as they are
 * drawn, a later scenario overwriting an earlier one:
 *
 * <ol>
 *   <li>an amount above 220;
 *   <li>a terminal among the two drawn on this day or one of the 27 before: all its transactions;
 *   <li>a card among the three drawn on this day or one of the 13 before: each transaction with
 *       probability 1/3, its amount multiplied by 5.
 * </ol>
 *
 * <p>Memory is one day of transactions; one thread at a time.
 */
final class SimulatedDay {
    private static final int SECONDS_PER_DAY = 86_400;
    private static final double NOON_SECONDS = 43_200;
    private static final double TIME_DEVIATION_SECONDS = 20_000;
    private static final int LARGE_AMOUNT_CENTS = 22_000;
    private static final int TERMINALS_PER_DAY = 2;
    private static final int TERMINAL_FRAUD_DAYS = 28;
    private static final int CARDS_PER_DAY = 3;
    private static final int CARD_FRAUD_DAYS = 14;
    private static final int CARD_FRAUD_ONE_IN = 3;
    private static final int CARD_FRAUD_FACTOR = 5;

    private final SimulationOptions options;
    private final Population population;
    private final int[] terminalFraudEnds;
    private final int[] cardFraudEnds;

    private int day = -1;
    private int size;
    private long[] order = new long[1024];
    private int[] customers = new int[1024];
    private int[] terminals = new int[1024];
    private int[] cents = new int[1024];
    private byte[] scenarios = new byte[1024];

    SimulatedDay(SimulationOptions options) {
        this.options = options;
        population = Population.draw(options);
        terminalFraudEnds = new int[options.terminals()];
        cardFraudEnds = new int[options.customers()];
    }

    /** Replaces the content by the next day, starting with day 0. */
    void drawNext() {
        day++;
        size = 0;
        compromise(terminalFraudEnds, Purpose.COMPROMISED_TERMINALS, TERMINALS_PER_DAY);
        compromise(cardFraudEnds, Purpose.COMPROMISED_CARDS, CARDS_PER_DAY);
        for (int customer = 0; customer < options.customers(); customer++) {
            if (population.reachableCount(customer) > 0) {
                drawCustomer(customer);
            }
        }
        Arrays.sort(order, 0, size);
    }

    /** Marks today's victims, each once; a victim drawn again stays one for longer. */
    private void compromise(int[] ends, Purpose purpose, int count) {
        int fraudDays =
                purpose == Purpose.COMPROMISED_TERMINALS ? TERMINAL_FRAUD_DAYS : CARD_FRAUD_DAYS;
        RandomStream victims = new RandomStream(options.seed(), purpose, 0, day);
        int left = Math.min(count, ends.length);
        while (left > 0) {
            int victim = victims.below(ends.length);
            if (ends[victim] != day + fraudDays) {
                ends[victim] = day + fraudDays;
                left--;
            }
        }
    }

    private void drawCustomer(int customer) {
        RandomStream spending = new RandomStream(options.seed(), Purpose.SPENDING, customer, day);
        RandomStream fraud = new RandomStream(options.seed(), Purpose.CARD_FRAUD, customer, day);
        int count = spending.poisson(population.idleDayProbability(customer));
        for (int i = 0; i < count; i++) {
            double second = NOON_SECONDS + TIME_DEVIATION_SECONDS * spending.gaussian();
            if (second > 0 && second < SECONDS_PER_DAY) {
                int slot = newSlot((int) second);
                customers[slot] = customer;
                cents[slot] = drawCents(spending, population.meanAmount(customer));
                int index = spending.below(population.reachableCount(customer));
                terminals[slot] = population.reachableTerminal(customer, index);
                markFraud(slot, fraud);
            }
        }
    }

    private static int drawCents(RandomStream spending, double mean) {
        double amount = mean + mean / 2 * spending.gaussian();
        if (amount < 0) {
            amount = spending.uniform(0, 2 * mean);
        }
        return (int) Math.round(amount * 100);
    }

    private void markFraud(int slot, RandomStream fraud) {
        int scenario = cents[slot] > LARGE_AMOUNT_CENTS ? 1 : 0;
        if (day < terminalFraudEnds[terminals[slot]]) {
            scenario = 2;
        }
        if (day < cardFraudEnds[customers[slot]] && fraud.below(CARD_FRAUD_ONE_IN) == 0) {
            scenario = 3;
            cents[slot] *= CARD_FRAUD_FACTOR;
        }
        scenarios[slot] = (byte) scenario;
    }

    private int newSlot(int second) {
        if (size == order.length) {
            int room = size + size / 2;
            order = Arrays.copyOf(order, room);
            customers = Arrays.copyOf(customers, room);
            terminals = Arrays.copyOf(terminals, room);
            cents = Arrays.copyOf(cents, room);
            scenarios = Arrays.copyOf(scenarios, room);
        }
        order[size] = (long) second << 32 | size;
        return size++;
    }

    /** Returns how many transactions the day has. The methods below take a rank below that. */
    int size() {
        return size;
    }

    int secondOfDay(int rank) {
        return (int) (order[rank] >>> 32);
    }

    int customer(int rank) {
        return customers[(int) order[rank]];
    }

    int terminal(int rank) {
        return terminals[(int) order[rank]];
    }

    int cents(int rank) {
        return cents[(int) order[rank]];
    }

    /** Returns 0 for a genuine transaction, else the scenario of the fraud: 1, 2 or 3. */
    int scenario(int rank) {
        return scenarios[(int) order[rank]];
    }
}
