package io.headrace;

import io.headrace.connector.Source;

/**
 * What is known of a stream when it is built.
 *
 * @param timed whether its records have an event time
 * @param bounded whether it ends
 */
record StreamTraits(boolean timed, boolean bounded) {
    /** Dead letters: no event time, and no default may depend on their end. */
    static final StreamTraits UNTIMED = new StreamTraits(false, false);

    static StreamTraits of(Source<?, ?, ?> source) {
        return new StreamTraits(source.eventTime().present(), source.bounded());
    }

    StreamTraits and(StreamTraits other) {
        return new StreamTraits(timed && other.timed, bounded && other.bounded);
    }

    /** Returns the same without event time: the times of records are no longer theirs. */
    StreamTraits untimed() {
        return new StreamTraits(false, bounded);
    }

    void requireBounded(String operation) {
        if (!bounded) {
            throw new IllegalStateException(
                    operation
                            + " emits when the input ends, and a source before it never does:"
                            + " read a bounded source, or aggregate in windows");
        }
    }

    void requireTimed(String operation) {
        if (!timed) {
            throw new IllegalStateException(
                    operation
                            + " needs event time, and a source before it has none:"
                            + " add .eventTime(Payment::time, outOfOrderness) to the source");
        }
    }
}
