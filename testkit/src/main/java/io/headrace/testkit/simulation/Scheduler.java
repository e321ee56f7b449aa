package io.headrace.testkit.simulation;

import java.util.SplittableRandom;

/** Decides which tasklet takes the next step. Each seed has one of four kinds. */
abstract class Scheduler {
    /** Steps after which a change of priorities is no longer drawn. */
    private static final int CHANGE_STEPS_MAX = 4_000;

    /** Steps after which nothing is starved any more: a schedule has to end. */
    private static final int STARVED_STEPS_MAX = 5_000;

    /** Returns the index of the next tasklet. */
    abstract int next();

    /** Returns whether every tasklet gets its turns. */
    boolean fair() {
        return true;
    }

    /** A tasklet took a step. */
    void ran(int index, boolean worked) {}

    /** Draws a scheduler of some kind. */
    static Scheduler of(int tasklets, SplittableRandom random) {
        return switch (random.nextInt(4)) {
            case 0 -> new Uniform(tasklets, random);
            case 1 -> new Priorities(tasklets, random);
            case 2 -> new StarveOne(tasklets, random);
            default -> new RoundRobin(tasklets);
        };
    }

    private static final class Uniform extends Scheduler {
        private final int tasklets;
        private final SplittableRandom random;

        Uniform(int tasklets, SplittableRandom random) {
            this.tasklets = tasklets;
            this.random = random;
        }

        @Override
        int next() {
            return random.nextInt(tasklets);
        }
    }

    private static final class RoundRobin extends Scheduler {
        private final int tasklets;
        private int next;

        RoundRobin(int tasklets) {
            this.tasklets = tasklets;
        }

        @Override
        int next() {
            next = (next + 1) % tasklets;
            return next;
        }
    }

    /** One tasklet gets one turn in fifty, long enough for all others to wait for it. */
    private static final class StarveOne extends Scheduler {
        private final int tasklets;
        private final int starved;
        private final SplittableRandom random;
        private int step;

        StarveOne(int tasklets, SplittableRandom random) {
            this.tasklets = tasklets;
            this.starved = random.nextInt(tasklets);
            this.random = random;
        }

        @Override
        boolean fair() {
            return false;
        }

        @Override
        int next() {
            int drawn = random.nextInt(tasklets);
            step++;
            boolean turn = drawn != starved || step > STARVED_STEPS_MAX || random.nextInt(50) == 0;
            return turn ? drawn : (starved + 1 + random.nextInt(tasklets - 1)) % tasklets;
        }
    }

    /**
     * The first in an order that has something to do runs; at three random steps the first becomes
     * the last. After S. Burckhardt et al., "A Randomized Scheduler with Probabilistic Guarantees
     * of Finding Bugs", 2010.
     */
    private static final class Priorities extends Scheduler {
        private final int[] order;
        private final boolean[] idle;
        private final int[] changes = new int[3];
        private int step;

        Priorities(int tasklets, SplittableRandom random) {
            order = new int[tasklets];
            idle = new boolean[tasklets];
            for (int i = 0; i < tasklets; i++) {
                int place = random.nextInt(i + 1);
                order[i] = order[place];
                order[place] = i;
            }
            for (int i = 0; i < changes.length; i++) {
                changes[i] = random.nextInt(CHANGE_STEPS_MAX);
            }
        }

        @Override
        boolean fair() {
            return false;
        }

        @Override
        int next() {
            step++;
            for (int change : changes) {
                if (change == step) {
                    int first = order[0];
                    System.arraycopy(order, 1, order, 0, order.length - 1);
                    order[order.length - 1] = first;
                }
            }
            for (int index : order) {
                if (!idle[index]) {
                    return index;
                }
            }
            java.util.Arrays.fill(idle, false);
            return order[0];
        }

        @Override
        void ran(int index, boolean worked) {
            if (worked) {
                java.util.Arrays.fill(idle, false);
            } else {
                idle[index] = true;
            }
        }
    }
}
