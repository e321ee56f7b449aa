package io.headrace.kernel.chain;

/**
 * A record that came too late for a step and has no side output to go to, as text for people.
 *
 * @param watermarkMillis what the step's watermark had reached
 */
public record LateRecord(
        String step, String key, long timestampMillis, long watermarkMillis, String record) {
    /** Longer texts are cut here: the sample is read by people. */
    static final int TEXT_LENGTH_MAX = 1000;

    static LateRecord of(OperatorContext context, Object value, long timestamp, long watermark) {
        return new LateRecord(
                context.step(), text(context.key().key), timestamp, watermark, text(value));
    }

    /** A record that cannot show itself must not fail a job that could do without. */
    private static String text(Object value) {
        String text;
        try {
            text = String.valueOf(value);
        } catch (RuntimeException failed) {
            text = value.getClass().getName() + ", toString() failed: " + failed.getClass();
        }
        return text.length() > TEXT_LENGTH_MAX ? text.substring(0, TEXT_LENGTH_MAX) + "…" : text;
    }
}
