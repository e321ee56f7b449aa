package io.headrace.engine.tasklet;

import io.headrace.connector.ConnectorException;
import io.headrace.connector.EventTime;
import io.headrace.connector.Reader;
import io.headrace.connector.SourceOutput;
import io.headrace.connector.Split;
import io.headrace.kernel.chain.StepFailure;
import io.headrace.kernel.time.SplitWatermark;

/**
 * A split that is being read: takes its records and gives them their timestamps.
 *
 * <p>It is quiet while every poll says that it is caught up and brings no record. What happens
 * between two polls nobody sees, so a gap counts {@value #GAP_COUNTED_MAX_NANOS} ns at most, and
 * one that is as long as it takes to become idle starts the count again: the process was stopped,
 * or the chain took no input.
 */
final class ActiveSplit implements SourceOutput<Object> {
    /** How long a split must have been quiet before it no longer holds back time. */
    static final long IDLE_AFTER_NANOS = 5_000_000_000L;

    /** Far more than lies between two polls of a job that is not held up. */
    private static final long GAP_COUNTED_MAX_NANOS = 1_000_000_000L;

    private static final long NOT_CAUGHT_UP = -1;

    final Split split;
    final SplitWatermark watermark;

    /** The position in the newest checkpoint. */
    Object checkpointed;

    private final SourceIntake intake;
    private final EventTime<Object> eventTime;
    private long polledAtNanos;
    private long quietNanos = NOT_CAUGHT_UP;

    ActiveSplit(SourceIntake intake, Split split, SplitWatermark watermark) {
        this.intake = intake;
        this.split = split;
        this.watermark = watermark;
        this.eventTime = intake.eventTime();
    }

    /** Returns whether it does not hold back time. */
    boolean idle() {
        return quietNanos >= IDLE_AFTER_NANOS;
    }

    /** Sees the time before it may be polled, and whether that has not happened for too long. */
    void observeGap(long nanos) {
        if (nanos - polledAtNanos >= IDLE_AFTER_NANOS) {
            quietNanos = NOT_CAUGHT_UP;
        }
    }

    /**
     * Sees how a poll ended. A split of a bounded source is never idle.
     *
     * @param found whether it gave a record, or raised its watermark by itself
     */
    void observe(Reader.Status status, boolean found, long nanos) {
        long gap = Math.min(nanos - polledAtNanos, GAP_COUNTED_MAX_NANOS);
        polledAtNanos = nanos;
        if (status != Reader.Status.CAUGHT_UP || intake.bounded()) {
            quietNanos = NOT_CAUGHT_UP;
            return;
        }
        watermark.advance(); // No record may come for long, and none is behind this one.
        quietNanos = found || quietNanos == NOT_CAUGHT_UP ? 0 : quietNanos + gap;
    }

    @Override
    public void emit(Object value) {
        emitAt(value, Long.MIN_VALUE);
    }

    @Override
    public void emit(Object value, long timestampMillis) {
        emitAt(value, timestampMillis);
    }

    private void emitAt(Object value, long given) {
        long timestamp = given;
        try {
            if (eventTime.timestampMillis() != null) {
                timestamp = eventTime.timestampMillis().applyAsLong(value);
            }
            watermark.generate(value, timestamp);
        } catch (Exception failed) {
            throw new StepFailure(intake.step(), null, value, failed);
        }
        intake.emit(this, value, timestamp);
    }

    @Override
    public void watermark(long timestampMillis) {
        if (timestampMillis == Long.MAX_VALUE) {
            throw ConnectorException.fatal(
                    "source "
                            + intake.step()
                            + " gives the watermark of the end: finish split "
                            + split.id()
                            + " instead",
                    null);
        }
        watermark.raise(timestampMillis);
    }

    @Override
    public void deadLetter(String position, String reason, byte[] raw) {
        intake.deadLetter(this, position, reason, raw);
    }
}
