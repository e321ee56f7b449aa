package io.headrace.examples.fraud;

import java.util.Arrays;

/**
 * The customers' habits and the terminals each of them can reach.
 *
 * <p>Places are uniform on the grid. Terminals are sorted into unit cells, so that a customer looks
 * only at the cells its radius touches; the reachable terminals of all customers lie one after
 * another in one array. Immutable after construction.
 */
final class Population {
    private static final int GRID_SIDE = 100;
    private static final double MEAN_AMOUNT_MIN = 5;
    private static final double MEAN_AMOUNT_MAX = 100;
    private static final double DAILY_TRANSACTIONS_MAX = 4;

    /** Bounds the reachable terminals of all customers together to 400 MB; 0.4 M by default. */
    private static final int REACHABLE_MAX = 100_000_000;

    private final double[] meanAmounts;
    private final double[] idleDayProbabilities;
    private final int[] reachable;
    private final int[] reachableStarts;

    private Population(
            double[] meanAmounts,
            double[] idleDayProbabilities,
            int[] reachable,
            int[] reachableStarts) {
        this.meanAmounts = meanAmounts;
        this.idleDayProbabilities = idleDayProbabilities;
        this.reachable = reachable;
        this.reachableStarts = reachableStarts;
    }

    /**
     * Draws the population of the given options.
     *
     * @throws IllegalArgumentException if customers can reach more terminals than fit in memory
     */
    static Population draw(SimulationOptions options) {
        int customers = options.customers();
        double[] meanAmounts = new double[customers];
        double[] idleDayProbabilities = new double[customers];
        int[] starts = new int[customers + 1];
        int[] reachable = new int[1024];
        TerminalMap map = new TerminalMap(options);
        for (int customer = 0; customer < customers; customer++) {
            RandomStream profile =
                    new RandomStream(
                            options.seed(), RandomStream.Purpose.CUSTOMER_PROFILE, customer, 0);
            double x = profile.uniform(0, GRID_SIDE);
            double y = profile.uniform(0, GRID_SIDE);
            meanAmounts[customer] = profile.uniform(MEAN_AMOUNT_MIN, MEAN_AMOUNT_MAX);
            idleDayProbabilities[customer] =
                    StrictMath.exp(-profile.uniform(0, DAILY_TRANSACTIONS_MAX));
            int found = map.find(x, y);
            int start = starts[customer];
            requireRoom(options, (long) start + found);
            if (start + found > reachable.length) {
                reachable = Arrays.copyOf(reachable, roomFor(start + found));
            }
            System.arraycopy(map.found, 0, reachable, start, found);
            starts[customer + 1] = start + found;
        }
        return new Population(meanAmounts, idleDayProbabilities, reachable, starts);
    }

    private static int roomFor(int size) {
        return (int) Math.min(REACHABLE_MAX, size * 3L / 2);
    }

    private static void requireRoom(SimulationOptions options, long size) {
        if (size > REACHABLE_MAX) {
            throw new IllegalArgumentException(
                    "customers="
                            + options.customers()
                            + ", terminals="
                            + options.terminals()
                            + ", radius="
                            + options.radius()
                            + ": customers reach more than "
                            + REACHABLE_MAX
                            + " terminals in all; lower one of the three");
        }
    }

    double meanAmount(int customer) {
        return meanAmounts[customer];
    }

    /** Returns the probability of a day without a transaction: e to the minus the daily mean. */
    double idleDayProbability(int customer) {
        return idleDayProbabilities[customer];
    }

    /** Returns how many terminals the customer reaches; 0 means it makes no transactions. */
    int reachableCount(int customer) {
        return reachableStarts[customer + 1] - reachableStarts[customer];
    }

    int reachableTerminal(int customer, int index) {
        return reachable[reachableStarts[customer] + index];
    }

    /** The terminals, sorted by the unit cell they lie in, then by number. */
    private static final class TerminalMap {
        private final double radius;
        private final double[] xs;
        private final double[] ys;
        private final int[] cellStarts = new int[GRID_SIDE * GRID_SIDE + 1];
        private final int[] byCell;

        /** The answer of the last {@link #find}; longer than the answer. */
        private final int[] found;

        TerminalMap(SimulationOptions options) {
            int terminals = options.terminals();
            radius = options.radius();
            xs = new double[terminals];
            ys = new double[terminals];
            byCell = new int[terminals];
            found = new int[terminals];
            for (int terminal = 0; terminal < terminals; terminal++) {
                RandomStream place =
                        new RandomStream(
                                options.seed(), RandomStream.Purpose.TERMINAL_PLACE, terminal, 0);
                xs[terminal] = place.uniform(0, GRID_SIDE);
                ys[terminal] = place.uniform(0, GRID_SIDE);
                cellStarts[cell(terminal) + 1]++;
            }
            for (int cell = 0; cell < GRID_SIDE * GRID_SIDE; cell++) {
                cellStarts[cell + 1] += cellStarts[cell];
            }
            int[] next = cellStarts.clone();
            for (int terminal = 0; terminal < terminals; terminal++) {
                byCell[next[cell(terminal)]++] = terminal;
            }
        }

        private int cell(int terminal) {
            return (int) xs[terminal] * GRID_SIDE + (int) ys[terminal];
        }

        /** Collects the terminals nearer than the radius and returns how many there are. */
        int find(double x, double y) {
            int rowMax = Math.min(GRID_SIDE - 1, (int) (x + radius));
            int columnMin = Math.max(0, (int) (y - radius));
            int columnMax = Math.min(GRID_SIDE - 1, (int) (y + radius));
            int count = 0;
            for (int row = Math.max(0, (int) (x - radius)); row <= rowMax; row++) {
                int end = cellStarts[row * GRID_SIDE + columnMax + 1];
                for (int i = cellStarts[row * GRID_SIDE + columnMin]; i < end; i++) {
                    double dx = xs[byCell[i]] - x;
                    double dy = ys[byCell[i]] - y;
                    if (dx * dx + dy * dy < radius * radius) {
                        found[count++] = byCell[i];
                    }
                }
            }
            return count;
        }
    }
}
