package io.headrace.kernel.function;

import java.util.List;

/**
 * What makes look-back fast: partial aggregates over the history of one key. A cache, never saved;
 * told of every change of the history.
 */
abstract class HistoryIndex {
    /** An accumulator was inserted at this index. */
    abstract void inserted(int place) throws Exception;

    /** The first accumulators were removed. */
    abstract void removedFirst(int count);

    /** Returns for each width the result over its span that ends with this record. */
    abstract List<Object> results(int place) throws Exception;
}
