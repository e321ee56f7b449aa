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
 * <p>The watermark of a split is the highest timestamp seen − the bound − 1 ms, or what a {@link
 * WatermarkGenerator} or the source itself says.
 *
 * @param timestampMillis reads the timestamp from a record; null if the source gives it
 * @param outOfOrderness how much earlier than the highest timestamp of its split a record may be
 *     without being late; null if the records have no event time
 * @param generator says how far a split is, in place of the bound; null if there is none
 * @param <T> the records
 */
public record EventTime<T>(
        ToLongFn<? super T> timestampMillis,
        Duration outOfOrderness,
        WatermarkGenerator<? super T> generator)
        implements Serializable {
    /** The bound where timestamps alone do not say how far a split is: longer than any other. */
    private static final Duration UNKNOWN = Duration.ofMillis(Long.MAX_VALUE);

    /** Checks the bound, and what a generator keeps. */
    public EventTime {
        if (outOfOrderness != null && outOfOrderness.isNegative()) {
            throw new IllegalArgumentException(
                    "out-of-orderness is "
                            + outOfOrderness
                            + ", must not be negative: use Duration.ZERO for ordered input");
        }
        if (generator != null) {
            int length = generator.stateLength();
            if (length < 0 || length > WatermarkGenerator.STATE_LENGTH_MAX) {
                throw new IllegalArgumentException(
                        "a watermark generator keeps "
                                + length
                                + " numbers per split, must be from 0 to "
                                + WatermarkGenerator.STATE_LENGTH_MAX
                                + ": keep sums in place of single values");
            }
        }
    }

    /** The records have no event time: steps that need one are refused. */
    public static <T> EventTime<T> none() {
        return new EventTime<>(null, null, null);
    }

    /** The source knows the time of each record. */
    public static <T> EventTime<T> ofSource(Duration outOfOrderness) {
        return new EventTime<>(
                null, Objects.requireNonNull(outOfOrderness, "outOfOrderness"), null);
    }

    /** The source knows the time of each record, and a generator says how far a split is. */
    public static <T> EventTime<T> ofSource(WatermarkGenerator<? super T> generator) {
        return new EventTime<>(null, UNKNOWN, Objects.requireNonNull(generator, "generator"));
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
                Objects.requireNonNull(outOfOrderness, "outOfOrderness"),
                null);
    }

    /** A field of the record is its time, and a generator says how far a split is. */
    public static <T> EventTime<T> of(
            Fn<? super T, Instant> time, WatermarkGenerator<? super T> generator) {
        Objects.requireNonNull(time, "time");
        return ofMillis(value -> time.apply(value).toEpochMilli(), generator);
    }

    /**
     * A field of the record is its time, in milliseconds since 1970-01-01T00:00Z, and a generator
     * says how far a split is.
     */
    public static <T> EventTime<T> ofMillis(
            ToLongFn<? super T> time, WatermarkGenerator<? super T> generator) {
        return new EventTime<>(
                Objects.requireNonNull(time, "time"),
                UNKNOWN,
                Objects.requireNonNull(generator, "generator"));
    }

    /**
     * A field of the record is its time, and never less than in a record before it in the same
     * split: a bound of zero. Records of equal times are in order.
     */
    public static <T> EventTime<T> ascending(Fn<? super T, Instant> time) {
        return of(time, Duration.ZERO);
    }

    /** Like {@link #ascending}, with times in milliseconds since 1970-01-01T00:00Z. */
    public static <T> EventTime<T> ascendingMillis(ToLongFn<? super T> time) {
        return ofMillis(time, Duration.ZERO);
    }

    /** Returns whether the records have an event time. */
    public boolean present() {
        return outOfOrderness != null;
    }
}
