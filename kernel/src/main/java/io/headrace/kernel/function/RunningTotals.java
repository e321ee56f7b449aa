package io.headrace.kernel.function;

import io.headrace.function.Aggregator;
import io.headrace.kernel.state.SeriesState;
import java.util.Arrays;
import java.util.List;

/**
 * One running total per width: a new record is merged into each, what leaves a width is subtracted
 * from it. Amortised O(1) per record and width. Only for records that come in the order of time,
 * and for aggregates that subtract exactly.
 */
final class RunningTotals extends HistoryIndex {
    private final Aggregator<Object, Object, Object> aggregator;
    private final long[] widths;
    private final SeriesState<Object> history;
    private final Object[] totals;

    /** For each width the index of the first record in it. */
    private final int[] firsts;

    private int counted;

    RunningTotals(
            Aggregator<Object, Object, Object> aggregator,
            long[] widths,
            SeriesState<Object> history) {
        this.aggregator = aggregator;
        this.widths = widths;
        this.history = history;
        this.totals = new Object[widths.length];
        this.firsts = new int[widths.length];
        for (int width = 0; width < widths.length; width++) {
            totals[width] = aggregator.create();
        }
    }

    @Override
    void inserted(int place) throws Exception {
        assert place == history.size() - 1 : "a record came out of order";
        for (; counted <= place; counted++) { // More than one after a restore.
            for (int width = 0; width < totals.length; width++) {
                totals[width] = aggregator.merge(totals[width], history.value(counted));
            }
        }
        for (int width = 0; width < totals.length; width++) {
            leave(width, history.time(place) - widths[width], place);
        }
    }

    private void leave(int width, long until, int place) throws Exception {
        int first = firsts[width];
        Object total = totals[width];
        while (first < place && history.time(first) <= until) {
            total = aggregator.subtract(total, history.value(first));
            first++;
        }
        firsts[width] = first;
        totals[width] = total;
    }

    /**
     * What is removed has left the totals, unless the key was not seen for longer than the widest
     * width: then the totals are built again from what is left.
     */
    @Override
    void removedFirst(int count) {
        boolean stale = false;
        for (int first : firsts) {
            stale |= first < count;
        }
        if (stale || counted < count) {
            Arrays.fill(firsts, 0);
            counted = 0;
            for (int width = 0; width < totals.length; width++) {
                totals[width] = aggregator.create();
            }
            return;
        }
        for (int width = 0; width < firsts.length; width++) {
            firsts[width] -= count;
        }
        counted -= count;
    }

    @Override
    List<Object> results(int place) throws Exception {
        Object[] results = new Object[totals.length];
        for (int width = 0; width < results.length; width++) {
            results[width] = aggregator.result(totals[width]);
        }
        return Arrays.asList(results);
    }
}
