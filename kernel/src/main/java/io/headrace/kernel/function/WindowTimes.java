package io.headrace.kernel.function;

import io.headrace.graph.WindowShape;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;

/**
 * Where the windows of a step begin and end, and the slices that they are made of: a slice is the
 * longest span that no window begins or ends within. Ends are exclusive. In milliseconds.
 */
abstract class WindowTimes {
    static WindowTimes of(WindowShape shape) {
        return shape instanceof WindowShape.Days days
                ? new Days(days.zone(), days.start())
                : new Aligned((WindowShape.Aligned) shape);
    }

    /** Returns the start of the slice that a time is in. */
    abstract long sliceStart(long time);

    /** Returns the end of the slice that starts here. */
    abstract long sliceEnd(long start);

    /** Returns the end of the first window that contains the slice that starts here. */
    abstract long firstEnd(long start);

    /** Returns the end of the last window that contains the slice that starts here. */
    abstract long lastEnd(long start);

    /** Returns the earliest end of a window that is later than a time. */
    abstract long nextEnd(long time);

    /** Returns the start of the window that ends here. */
    abstract long windowStart(long end);

    /** Windows of one size; a slice is as long as the greatest common divisor of size and slide. */
    private static final class Aligned extends WindowTimes {
        private final long size;
        private final long slide;
        private final long offset;
        private final long slice;

        Aligned(WindowShape.Aligned shape) {
            this.size = shape.sizeMillis();
            this.slide = shape.slideMillis();
            this.offset = shape.offsetMillis();
            this.slice = divisor(size, slide);
        }

        /** After Euclid. */
        private static long divisor(long larger, long smaller) {
            return smaller == 0 ? larger : divisor(smaller, larger % smaller);
        }

        @Override
        long sliceStart(long time) {
            return time - Math.floorMod(time - offset, slice);
        }

        @Override
        long sliceEnd(long start) {
            return start + slice;
        }

        @Override
        long firstEnd(long start) {
            return nextEnd(start + slice - 1);
        }

        @Override
        long lastEnd(long start) {
            return start - Math.floorMod(start - offset, slide) + size;
        }

        @Override
        long nextEnd(long time) {
            return time + 1 + Math.floorMod(offset + size - time - 1, slide);
        }

        @Override
        long windowStart(long end) {
            return end - size;
        }
    }

    /** The days of a time zone. A window is a slice. */
    private static final class Days extends WindowTimes {
        private final ZoneId zone;
        private final LocalTime start;

        Days(ZoneId zone, LocalTime start) {
            this.zone = zone;
            this.start = start;
        }

        @Override
        long sliceStart(long time) {
            LocalDate date = date(time);
            long began = startOf(date);
            return began <= time ? began : startOf(date.minusDays(1));
        }

        @Override
        long sliceEnd(long began) {
            final LocalDate date = date(began);
            final long sameDate = startOf(date); // Later only if the clocks skipped past midnight.
            return sameDate > began ? sameDate : startOf(date.plusDays(1));
        }

        private LocalDate date(long time) {
            return ZonedDateTime.ofInstant(Instant.ofEpochMilli(time), zone).toLocalDate();
        }

        private long startOf(LocalDate date) {
            return date.atTime(start).atZone(zone).toInstant().toEpochMilli();
        }

        @Override
        long firstEnd(long began) {
            return sliceEnd(began);
        }

        @Override
        long lastEnd(long began) {
            return sliceEnd(began);
        }

        @Override
        long nextEnd(long time) {
            return sliceEnd(sliceStart(time));
        }

        @Override
        long windowStart(long end) {
            return sliceStart(end - 1);
        }
    }
}
