package io.headrace.conformance.scenario;

/** How much of the order of a stream is the same in every run whose lines come one by one. */
public enum Order {
    /** All of it. */
    TOTAL,
    /** That of the records of each key. */
    PER_KEY,
    /**
     * That of the lines: when a line makes several keys give results, these come in any order. All
     * of them are later than the watermark that the next step has, so that none is late there.
     */
    PER_LINE,
    /** What follows from one record may come in any order, even if it is late. */
    NONE;

    boolean isAtMost(Order other) {
        return compareTo(other) <= 0;
    }

    Order orWorse(Order other) {
        return isAtMost(other) ? other : this;
    }
}
