package io.headrace.conformance.scenario;

import io.headrace.KeyedStream;
import io.headrace.conformance.reference.NaiveTools;
import io.headrace.function.Aggregator;
import io.headrace.type.Type;
import java.time.Duration;

/**
 * Puts the keyed tools into a pipeline: those of the API, or, for the reference, what they mean.
 * The API makes them of process functions, which a reference would only run again.
 */
enum KeyedTools {
    /** What users call. */
    BUILT_IN,
    /** Functions that keep everything and look at it anew. */
    NAIVE;

    KeyedStream<Object, Object> running(
            KeyedStream<Object, Object> keyed, String name, Aggregator<Object, ?, Object> what) {
        return this == BUILT_IN
                ? keyed.runningAggregate(name, what)
                : keyed.process(name, () -> NaiveTools.running(what));
    }

    /** Ids are numbers modulo 4, so that there are repetitions. */
    KeyedStream<Object, Object> deduplicate(
            KeyedStream<Object, Object> keyed, String name, Duration within) {
        return this == BUILT_IN
                ? keyed.deduplicate(name, KeyedTools::id, within, Type.of(Long.class))
                : typed(
                        keyed,
                        keyed.process(
                                name,
                                () -> NaiveTools.deduplicate(KeyedTools::id, within.toMillis())));
    }

    /** What is compared is a number divided by 4. */
    KeyedStream<Object, Object> changes(KeyedStream<Object, Object> keyed, String name) {
        return this == BUILT_IN
                ? keyed.changes(name, KeyedTools::level, Type.of(Long.class))
                : typed(keyed, keyed.process(name, () -> NaiveTools.changes(KeyedTools::level)));
    }

    /** By numbers, so that texts of one length are equal. */
    KeyedStream<Object, Object> sorted(KeyedStream<Object, Object> keyed, String name, int max) {
        return this == BUILT_IN
                ? keyed.sort(name, Kind::number, max)
                : typed(keyed, keyed.process(name, () -> NaiveTools.sorted(Kind::number)));
    }

    private static Long id(Object value) {
        return Math.floorMod(Kind.number(value), 4L);
    }

    private static Long level(Object value) {
        return Math.floorDiv(Kind.number(value), 4L);
    }

    private static KeyedStream<Object, Object> typed(
            KeyedStream<Object, Object> before, KeyedStream<Object, Object> after) {
        return before.type().isPresent() ? after.as(before.type().get()) : after;
    }
}
