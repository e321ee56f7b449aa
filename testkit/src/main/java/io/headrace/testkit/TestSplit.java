package io.headrace.testkit;

import io.headrace.connector.WatermarkGenerator;
import io.headrace.kernel.time.SplitTime;
import io.headrace.kernel.time.SplitWatermark;
import java.lang.reflect.ParameterizedType;
import java.time.Instant;

/**
 * One split of a source, fed by a test. What is fed is read when the tester settles, in order. Each
 * method returns the split itself.
 */
public final class TestSplit {
    private final PipelineTester tester;
    private final String source;
    private final ScriptedSource scripted;
    private final Script script;
    private final SplitWatermark generated;

    TestSplit(PipelineTester tester, String source, ScriptedSource scripted, Script script) {
        this.tester = tester;
        this.source = source;
        this.scripted = scripted;
        this.script = script;
        WatermarkGenerator<Object> generator = scripted.original().eventTime().generator();
        this.generated = new SplitWatermark(Long.MAX_VALUE, generator, SplitTime.START);
    }

    /**
     * Feeds a record; its time is what the source of the pipeline reads from it. If the source has
     * a {@link WatermarkGenerator}, that sees the record, and the split goes on from there as one
     * that is caught up: with the watermark that it gives.
     *
     * @throws IllegalArgumentException if the source does not give such records, or gives their
     *     times by itself
     */
    public TestSplit record(Object value) {
        requireType(value);
        if (!scripted.original().eventTime().present()) {
            return add(new Script.Value(value, Long.MIN_VALUE));
        }
        var time = scripted.original().eventTime().timestampMillis();
        if (time == null) {
            throw new IllegalArgumentException(
                    "source "
                            + source
                            + " gives the time of each record by itself: write record(value,"
                            + " timestampMillis)");
        }
        long timestampMillis;
        try {
            timestampMillis = time.applyAsLong(value);
        } catch (Exception failed) {
            throw new AssertionError(
                    "source " + source + ": no time could be read from " + value + ": " + failed,
                    failed);
        }
        return addTimed(value, timestampMillis);
    }

    /**
     * Feeds a record with a time, whatever the source would read from it. Its {@link
     * WatermarkGenerator}, if it has one, sees it.
     */
    public TestSplit record(Object value, long timestampMillis) {
        requireType(value);
        requireTimed();
        return addTimed(value, timestampMillis);
    }

    private TestSplit addTimed(Object value, long timestampMillis) {
        long before = generated.watermark();
        try {
            generated.generate(value, timestampMillis);
        } catch (Exception failed) {
            throw new AssertionError(
                    "source " + source + ": its watermark generator fails on " + value, failed);
        }
        generated.advance();
        add(new Script.Value(value, timestampMillis));
        return generated.watermark() > before
                ? add(new Script.Watermark(generated.watermark()))
                : this;
    }

    /** Feeds input that is no record: it becomes a dead letter. */
    public TestSplit unreadable(String position, String reason, byte[] raw) {
        return add(new Script.Unreadable(position, reason, raw.clone()));
    }

    /**
     * Moves the watermark of this split: no record up to this time follows, or it is late. The
     * watermark of the source is the smallest of its splits'.
     */
    public TestSplit watermark(long timestampMillis) {
        requireTimed();
        if (timestampMillis == Long.MAX_VALUE) {
            throw new IllegalArgumentException("end the split instead");
        }
        return add(new Script.Watermark(timestampMillis));
    }

    /** Like {@link #watermark(long)}, for an instant. */
    public TestSplit watermark(Instant time) {
        return watermark(time.toEpochMilli());
    }

    /** Makes the split idle until its next record or watermark: it does not hold back time. */
    public TestSplit idle() {
        requireTimed();
        return add(new Script.CaughtUp());
    }

    /**
     * Ends the split. When all splits of all sources have ended, so has the input: time goes to its
     * end, and the job finishes, also if its sources never end in production.
     */
    public TestSplit end() {
        if (scripted.isLast(script)) {
            // As in production: a source whose subtasks end has none that is idle.
            scripted.ending();
            tester.fed();
            tester.settle();
        }
        return add(new Script.End());
    }

    private TestSplit add(Script.Item item) {
        script.add(item);
        tester.fed();
        return this;
    }

    private void requireTimed() {
        if (!scripted.original().eventTime().present()) {
            throw new IllegalArgumentException(
                    "source " + source + " has no event time: its pipeline gave it none");
        }
    }

    private void requireType(Object value) {
        java.lang.reflect.Type type = scripted.type().reflected();
        Object raw = type instanceof ParameterizedType generic ? generic.getRawType() : type;
        if (raw instanceof Class<?> expected && !expected.isInstance(value)) {
            throw new IllegalArgumentException(
                    "source "
                            + source
                            + " gives "
                            + type.getTypeName()
                            + ", not "
                            + (value == null ? "null" : value.getClass().getName()));
        }
    }
}
