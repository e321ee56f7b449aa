package io.headrace.conformance.reference;

/** What a step does. Its node has taken the new watermark, or the record's count, before. */
interface Behavior {
    /** Takes a record of one of its inputs, counted from 0 in the order of the graph. */
    default void onRecord(int input, Event event) throws Exception {
        onRecord(event);
    }

    /** Takes a record, whatever input it comes from. */
    void onRecord(Event event) throws Exception;

    /** The watermark of the step rose. */
    default void onWatermark() throws Exception {}

    /** Returns when it wants to see the clock, or {@link Long#MAX_VALUE}. */
    default long nextOnClock() {
        return Long.MAX_VALUE;
    }

    /** The clock moved. */
    default void onClock() throws Exception {}

    /** The input has ended, and everything that waited for event time has come. */
    default void onEnd() {}
}
