package io.headrace.kernel.function;

import io.headrace.function.Aggregator;
import io.headrace.kernel.state.SeriesState;
import java.util.Arrays;
import java.util.List;

/**
 * A tree of partial aggregates over the history: a leaf per record, each inner node the merge of
 * its two children in their order. A result merges O(log n) nodes, for any span, whether or not the
 * aggregate can be subtracted; a record at the end changes O(log n) nodes.
 *
 * <p>After K. Tangwongsan et al., "General Incremental Sliding-Window Aggregation", PVLDB 8(7),
 * 2015 (FlatFAT). Leaves start at {@code base}, so that removing the first records only moves
 * {@code base}; when the leaves run out, or a record is inserted in the middle, the tree is built
 * again, which is amortised O(1) per record for ordered input.
 */
final class AggregateTree extends HistoryIndex {
    /** The smallest tree: most keys have few records. */
    private static final int LEAVES_MIN = 8;

    private final Aggregator<Object, Object, Object> aggregator;
    private final long[] widths;
    private final SeriesState<Object> history;
    private Object[] nodes = new Object[0];
    private int leaves;
    private int base;

    AggregateTree(
            Aggregator<Object, Object, Object> aggregator,
            long[] widths,
            SeriesState<Object> history) {
        this.aggregator = aggregator;
        this.widths = widths;
        this.history = history;
    }

    @Override
    void inserted(int place) throws Exception {
        if (place < history.size() - 1 || base + place >= leaves || nodes[1] == null) {
            build();
        } else {
            set(base + place, history.value(place));
        }
    }

    @Override
    void removedFirst(int count) {
        base += count; // The nodes left of it are never read again.
    }

    @Override
    List<Object> results(int place) throws Exception {
        Object[] results = new Object[widths.length];
        for (int width = 0; width < widths.length; width++) {
            int first = firstAfter(history.time(place) - widths[width]);
            results[width] = aggregator.result(query(base + first, base + place + 1));
        }
        return Arrays.asList(results);
    }

    private void build() throws Exception {
        int size = history.size();
        base = 0;
        leaves = LEAVES_MIN;
        while (leaves < size * 2) {
            leaves *= 2;
        }
        nodes = new Object[leaves * 2];
        for (int i = 0; i < size; i++) {
            nodes[leaves + i] = history.value(i);
        }
        for (int node = leaves - 1; node >= 1; node--) {
            nodes[node] = merged(nodes[2 * node], nodes[2 * node + 1]);
        }
    }

    private void set(int leaf, Object accumulator) throws Exception {
        int node = leaves + leaf;
        nodes[node] = accumulator;
        for (node /= 2; node >= 1; node /= 2) {
            nodes[node] = merged(nodes[2 * node], nodes[2 * node + 1]);
        }
    }

    /** Merges two nodes into a new accumulator; a node that is empty counts for nothing. */
    private Object merged(Object left, Object right) throws Exception {
        if (left == null || right == null) {
            return left == null ? right : left;
        }
        Object both = aggregator.merge(aggregator.create(), left);
        return aggregator.merge(both, right);
    }

    /** Merges the leaves from {@code from} to before {@code to}, in their order. */
    private Object query(int from, int to) throws Exception {
        Object left = aggregator.create();
        Object[] right = new Object[Integer.SIZE];
        int rights = 0;
        int low = from + leaves;
        int high = to + leaves;
        while (low < high) {
            if ((low & 1) == 1) {
                left = aggregator.merge(left, nodes[low++]);
            }
            if ((high & 1) == 1) {
                right[rights++] = nodes[--high];
            }
            low /= 2;
            high /= 2;
        }
        while (rights > 0) {
            left = aggregator.merge(left, right[--rights]);
        }
        return left;
    }

    /** Returns the index of the first record after a time, by binary search. */
    private int firstAfter(long time) {
        int low = 0;
        int high = history.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (history.time(middle) <= time) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
