package io.headrace.testkit;

import io.headrace.graph.Step;
import io.headrace.kernel.chain.Port;
import io.headrace.kernel.codec.Codecs;
import io.headrace.type.BytesIn;
import io.headrace.type.BytesOut;
import io.headrace.type.Codec;
import io.headrace.type.Type;
import io.headrace.type.UnknownTypeException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds functions that change records, which are immutable by contract: a batch, a fan-out or a
 * state may hold the same object.
 *
 * <p>Stands in front of every input and behind every output of a step, and compares the encoded
 * bytes of a record: its input around each call; what it emitted when it emits the next record, and
 * all that was emitted when everything has settled. Where a record has no encoded form, its {@code
 * hashCode} takes the place of the bytes.
 */
final class MutationGuard {
    /** So many records of earlier rounds are looked at again: state may hold them. */
    private static final int EARLIER_MAX = 1_000;

    private final Map<Class<?>, Optional<Codec<Object>>> codecs = new HashMap<>();
    private final List<Held> emitted = new ArrayList<>();

    /** A record that somebody may hold, and what it was like when it was emitted. */
    private record Held(String step, Object value, Object print) {}

    /** Returns a port that finds out whether the step behind {@code port} changes its input. */
    Port input(Step step, Port port) {
        return (value, timestamp) -> {
            Object before = print(value);
            port.emit(value, timestamp);
            if (!before.equals(print(value))) {
                throw changed("step " + step.name() + " has changed its input", before, value);
            }
        };
    }

    /** Returns a port that finds out whether a step changes what it has emitted. */
    Port output(Step step, Port port) {
        Held[] last = new Held[1];
        return (value, timestamp) -> {
            requireUnchanged(last[0]);
            last[0] = new Held(step.name(), value, print(value));
            emitted.add(last[0]);
            port.emit(value, timestamp);
        };
    }

    /** Everything has settled: looks at all that was emitted since the last time, and before. */
    void settled() {
        for (int i = emitted.size() - 1; i >= 0; i--) { // The last to pass it on is named.
            requireUnchanged(emitted.get(i));
        }
        emitted.subList(0, Math.max(0, emitted.size() - EARLIER_MAX)).clear();
    }

    private void requireUnchanged(Held held) {
        if (held != null && !held.print().equals(print(held.value()))) {
            String what = "a record was changed after step " + held.step() + " had emitted it";
            throw changed(what, held.print(), held.value());
        }
    }

    private AssertionError changed(String what, Object before, Object value) {
        String shown = before instanceof Print print ? "\n  before: " + print.value() : "";
        return new AssertionError(
                what
                        + shown
                        + "\n  now:    "
                        + value
                        + "\nrecords are immutable: emit a new object instead");
    }

    /** The bytes of a record. */
    private record Print(Codec<Object> codec, byte[] bytes) {
        Object value() {
            return codec.read(new BytesIn(bytes), codec.version());
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Print print && Arrays.equals(bytes, print.bytes);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(bytes);
        }
    }

    private Object print(Object value) {
        Optional<Codec<Object>> codec =
                codecs.computeIfAbsent(value.getClass(), MutationGuard::codecOf);
        if (codec.isEmpty()) {
            return value.hashCode();
        }
        BytesOut out = new BytesOut(64);
        try {
            codec.get().write(value, out);
        } catch (RuntimeException unwritable) {
            return value.hashCode(); // Allowed, as long as no step has to store it.
        }
        return new Print(codec.get(), out.toByteArray());
    }

    @SuppressWarnings("unchecked") // A codec of a class is given values of that class only.
    private static Optional<Codec<Object>> codecOf(Class<?> recordClass) {
        try {
            return Optional.of((Codec<Object>) Codecs.of(Type.of(recordClass)));
        } catch (UnknownTypeException foreign) {
            return Optional.empty();
        }
    }
}
