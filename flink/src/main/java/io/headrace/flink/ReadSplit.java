package io.headrace.flink;

import io.headrace.connector.ConnectorException;
import io.headrace.connector.DeadLetter;
import io.headrace.connector.EventTime;
import io.headrace.connector.Reader;
import io.headrace.connector.Source;
import io.headrace.connector.SourceOutput;
import io.headrace.connector.Split;
import io.headrace.kernel.chain.StepFailure;
import io.headrace.kernel.time.SplitWatermark;
import org.apache.flink.api.connector.source.ReaderOutput;

/** A split that is being read: gives its records their timestamps. */
final class ReadSplit implements SourceOutput<Object> {
    private static final long IDLE_AFTER_NANOS = 5_000_000_000L;
    private static final long NOT_QUIET = -1;

    final Split split;
    final SplitWatermark watermark;

    private final String step;
    private final boolean bounded;
    private final EventTime<Object> eventTime;
    private ReaderOutput<Moved> output;
    private boolean found;
    private long reachedBefore;
    private long quietSince = NOT_QUIET;

    ReadSplit(String step, Source<Object, ?, ?> source, FlinkSplit saved) {
        this.step = step;
        this.split = saved.split();
        this.bounded = source.bounded();
        this.eventTime = source.eventTime();
        long bound = eventTime.present() ? eventTime.outOfOrderness().toMillis() : 0;
        this.watermark = new SplitWatermark(bound, eventTime.generator(), saved.time());
    }

    /** A poll begins, and what it finds goes there. */
    void begin(ReaderOutput<Moved> given) {
        output = given;
        found = false;
        reachedBefore = watermark.watermark();
    }

    /** Sees how the poll ended; returns whether it has found anything. */
    boolean observe(Reader.Status status) {
        boolean any = found || watermark.watermark() != reachedBefore;
        if (status != Reader.Status.CAUGHT_UP || bounded) {
            quietSince = NOT_QUIET;
            return any;
        }
        watermark.advance(); // No record may come for long, and none is behind this one.
        if (any || quietSince == NOT_QUIET) {
            quietSince = System.nanoTime();
        }
        return any;
    }

    /** Returns whether it does not hold back time. */
    boolean isIdle() {
        return quietSince != NOT_QUIET && System.nanoTime() - quietSince >= IDLE_AFTER_NANOS;
    }

    @Override
    public void emit(Object value) {
        emit(value, Long.MIN_VALUE);
    }

    @Override
    public void emit(Object value, long timestampMillis) {
        found = true;
        long timestamp = timestampMillis;
        try {
            if (eventTime.timestampMillis() != null) {
                timestamp = eventTime.timestampMillis().applyAsLong(value);
            }
            watermark.generate(value, timestamp);
        } catch (Exception failed) {
            throw new StepFailure(step, null, value, failed);
        }
        watermark.observe(timestamp);
        output.collect(new Moved(FlinkSource.RECORDS, value), timestamp);
    }

    @Override
    public void watermark(long timestampMillis) {
        if (timestampMillis == Long.MAX_VALUE) {
            throw ConnectorException.fatal(
                    "source "
                            + step
                            + " gives the watermark of the end: finish split "
                            + split.id()
                            + " instead",
                    null);
        }
        watermark.raise(timestampMillis);
    }

    @Override
    public void deadLetter(String position, String reason, byte[] raw) {
        found = true;
        DeadLetter letter = new DeadLetter(step, split.id(), position, reason, raw);
        output.collect(new Moved(FlinkSource.DEAD_LETTERS, letter), Long.MIN_VALUE);
    }
}
