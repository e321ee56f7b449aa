package io.headrace.function;

/**
 * What is known of one firing of a window, its pane.
 *
 * @param index how many panes the window has had before: 0 for the first
 * @param timing when it fired
 * @param last whether no pane of the window can follow. A pane of which this is false may have been
 *     the last all the same, if no record comes behind it
 */
public record Pane(long index, Timing timing, boolean last) {
    /** When a pane fired, seen from the end of its window. */
    public enum Timing {
        /** The watermark had not reached the last millisecond of the window. */
        EARLY,
        /** The first pane from then on. */
        ON_TIME,
        /** Another pane behind that one, because of records that came within the lateness. */
        LATE
    }

    /** Returns whether it is the first pane of the window. */
    public boolean first() {
        return index == 0;
    }
}
