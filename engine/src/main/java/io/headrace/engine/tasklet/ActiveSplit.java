package io.headrace.engine.tasklet;

import io.headrace.connector.ConnectorException;
import io.headrace.connector.EventTime;
import io.headrace.connector.Reader;
import io.headrace.connector.SourceOutput;
import io.headrace.connector.Split;
import io.headrace.kernel.chain.StepFailure;
import io.headrace.kernel.time.SplitWatermark;

/** A split that is being read: takes its records and gives them their timestamps. */
final class ActiveSplit implements SourceOutput<Object> {
    private static final long NOT_CAUGHT_UP = Long.MIN_VALUE;

    final Split split;
    final SplitWatermark watermark;

    /** Whether it does not hold back time. */
    boolean idle;

    /** The position in the newest checkpoint. */
    Object checkpointed;

    private final SourceIntake intake;
    private final EventTime<Object> eventTime;
    private long caughtUpSince = NOT_CAUGHT_UP;

    ActiveSplit(SourceIntake intake, Split split, SplitWatermark watermark) {
        this.intake = intake;
        this.split = split;
        this.watermark = watermark;
        this.eventTime = intake.eventTime();
    }

    /**
     * Sees how a poll ended. A split of a bounded source is never idle.
     *
     * @param found whether it gave a record, or raised its watermark by itself
     */
    void observe(Reader.Status status, boolean found, long nanos) {
        if (found) {
            idle = false;
        }
        if (status != Reader.Status.CAUGHT_UP || intake.bounded()) {
            caughtUpSince = NOT_CAUGHT_UP;
            return;
        }
        watermark.advance(); // No record may come for long, and none is behind this one.
        if (found || caughtUpSince == NOT_CAUGHT_UP) {
            caughtUpSince = nanos;
        } else if (nanos - caughtUpSince >= SourceIntake.IDLE_AFTER_NANOS) {
            idle = true;
        }
    }

    @Override
    public void emit(Object value) {
        if (eventTime.timestampMillis() == null) {
            intake.emit(this, value, Long.MIN_VALUE);
            return;
        }
        long timestamp;
        try {
            timestamp = eventTime.timestampMillis().applyAsLong(value);
        } catch (Exception failed) {
            throw new StepFailure(intake.step(), null, value, failed);
        }
        intake.emit(this, value, timestamp);
    }

    @Override
    public void emit(Object value, long timestampMillis) {
        if (eventTime.timestampMillis() == null) {
            intake.emit(this, value, timestampMillis);
        } else {
            emit(value);
        }
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
