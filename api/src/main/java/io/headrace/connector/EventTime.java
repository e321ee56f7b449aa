package io.headrace.connector;

import io.headrace.function.Fn;
import io.headrace.function.ToLongFn;
import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/**
 * How the records of a source get their timestamps, and how far out of order these may be.
 *
 * <p>The watermark of a split is the highest timestamp seen − the bound − 1 ms.
 *
 * @param timestampMillis reads the timestamp from a record; null if the source gives it
 * @param outOfOrderness how much earlier than the highest timestamp of its split a record may be
 *     without being late; null if the records have no event time
 * @param <T> the records
 */
public record EventTime<T>(ToLongFn<? super T> timestampMillis, Duration outOfOrderness)
        implements Serializable {
    /** The bound of a source that says itself how far it is: longer than any other. */
    private static final Duration UNKNOWN = Duration.ofMillis(Long.MAX_VALUE);

    /** Checks that the bound is not negative. */
    public EventTime {
        if (outOfOrderness != null && outOfOrderness.isNegative()) {
            throw new IllegalArgumentException(
                    "out-of-orderness is "
                            + outOfOrderness
                            + ", must not be negative: use Duration.ZERO for ordered input");
        }
    }

    /** The records have no event time: steps that need one are refused. */
    public static <T> EventTime<T> none() {
        return new EventTime<>(null, null);
    }

    /** The source knows the time of each record. */
    public static <T> EventTime<T> ofSource(Duration outOfOrderness) {
        return new EventTime<>(null, Objects.requireNonNull(outOfOrderness, "outOfOrderness"));
    }

    /**
     * The source knows the time of each record, and how far it is: time moves by {@link
     * SourceOutput#watermark} alone.
     */
    public static <T> EventTime<T> ofSourceWithWatermarks() {
        return ofSource(UNKNOWN);
    }

    /** A field of the record is its time. */
    public static <T> EventTime<T> of(Fn<? super T, Instant> time, Duration outOfOrderness) {
        Objects.requireNonNull(time, "time");
        return ofMillis(value -> time.apply(value).toEpochMilli(), outOfOrderness);
    }

    /** A field of the record is its time, in milliseconds since 1970-01-01T00:00Z. */
    public static <T> EventTime<T> ofMillis(ToLongFn<? super T> time, Duration outOfOrderness) {
        return new EventTime<>(
                Objects.requireNonNull(time, "time"),
                Objects.requireNonNull(outOfOrderness, "outOfOrderness"));
    }

    /** Returns whether the records have an event time. */
    public boolean present() {
        return outOfOrderness != null;
    }
}
