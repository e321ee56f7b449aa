package io.headrace.graph;

import java.time.LocalTime;
import java.time.ZoneId;

/** Which windows a record belongs to. */
public sealed interface WindowShape {
    /** Windows of one size, of which one begins with every slide. In milliseconds. */
    record Aligned(long sizeMillis, long slideMillis, long offsetMillis) implements WindowShape {}

    /** The days of a time zone, from a time of the day on. */
    record Days(ZoneId zone, LocalTime start) implements WindowShape {}

    /** Spans of activity, with a gap between two. In milliseconds. */
    record Sessions(long gapMillis) implements WindowShape {}

    /** So many records, of which one window begins with every slide. */
    record Counted(long size, long slide) implements WindowShape {}

    /** All records. */
    record Global() implements WindowShape {}
}
