package io.headrace.connector;

import java.io.Serializable;

/**
 * Says how far the time of a split is, from the records of that split: where no fixed
 * out-of-orderness holds, or where the input has marks of its own.
 *
 * <pre>{@code
 * EventTime.ofMillis(
 *         Event::time,
 *         (event, time, split) -> event.isMark() ? time : split.watermarkMillis())
 * }</pre>
 *
 * <p>Stateless, like all functions: one object is called for many splits, by several threads at
 * once. What it must know of earlier records of a split it keeps in {@link Progress#state}, which
 * is saved with the position of the split: a split that goes on elsewhere goes on with it. What it
 * returns must follow from its arguments alone, neither from a clock nor from fields; then a record
 * that is late by the watermark of its own split is so in every run.
 *
 * <p>Time moves at every 256th record of the split, as for other sources, and when an unbounded
 * split is caught up. What is returned in between waits until then, also across a restart.
 *
 * <p>What it throws fails the job, with the source and the record in the message.
 *
 * @param <T> the records
 */
@FunctionalInterface
public interface WatermarkGenerator<T> extends Serializable {
    /** The most numbers that a generator may keep: they stand in the manifest of checkpoints. */
    int STATE_LENGTH_MAX = 64;

    /**
     * Sees the next record of a split, and returns up to which time its records have come.
     *
     * @param value the record, which must not be changed
     * @param timestampMillis its time
     * @param split what is known of the split; valid during this call only
     * @return no record of the split with this time or an earlier one will come that is not late.
     *     {@link Long#MIN_VALUE} if that is not known yet; less than before is as much as before.
     *     Never {@link Long#MAX_VALUE}, which is for the end of the split
     */
    long onRecord(T value, long timestampMillis, Progress split) throws Exception;

    /**
     * Returns how many numbers {@link Progress#state} has, from 0 to {@value #STATE_LENGTH_MAX};
     * always the same. A checkpoint that was written with another length is refused.
     */
    default int stateLength() {
        return 0;
    }

    /** How far a split is. */
    interface Progress {
        /** Returns the highest time of its records, the one at hand included. */
        long maxTimestampMillis();

        /** Returns the highest of what was returned so far, {@link Long#MIN_VALUE} at first. */
        long watermarkMillis();

        /**
         * Returns what the generator keeps for this split: {@link WatermarkGenerator#stateLength}
         * numbers, 0 before the first record, to be changed in place.
         */
        long[] state();
    }
}
