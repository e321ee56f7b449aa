package io.headrace.conformance.scenario;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A text that came to a sink.
 *
 * @param line the index of the script line that it followed from
 * @param sink the name of the {@code write} step
 * @param timestamp {@link Long#MIN_VALUE} if it has none
 */
public record Emission(int line, String sink, String text, long timestamp) {
    private static final Pattern FORM = Pattern.compile("(\\S+): (.*) @(none|-?\\d+)");

    static boolean matches(String text) {
        return FORM.matcher(text.trim()).matches();
    }

    static Emission parse(int line, String text) {
        Matcher matcher = FORM.matcher(text.trim());
        if (!matcher.matches()) {
            throw new IllegalArgumentException("not of the form sink: text @time: " + text);
        }
        String time = matcher.group(3);
        return new Emission(
                line,
                matcher.group(1),
                matcher.group(2),
                time.equals("none") ? Long.MIN_VALUE : Long.parseLong(time));
    }

    /** Returns the key, if the stream had one: what stands before the first bar. */
    public String key() {
        int bar = text.indexOf('|');
        return bar < 0 ? "" : text.substring(0, bar);
    }

    @Override
    public String toString() {
        return sink + ": " + text + " @" + (timestamp == Long.MIN_VALUE ? "none" : timestamp);
    }
}
