package io.headrace.connectors.files;

import io.headrace.connector.SourceOutput;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Keeps what a reader emits: values, and dead letters as text. */
final class CollectedOutput<T> implements SourceOutput<T> {
    private final List<Object> emitted = new ArrayList<>();

    List<Object> emitted() {
        return emitted;
    }

    @Override
    public void emit(T value) {
        emitted.add(value);
    }

    @Override
    public void emit(T value, long timestampMillis) {
        throw new AssertionError("files know no time of their own");
    }

    @Override
    public void watermark(long timestampMillis) {
        throw new AssertionError("files know no time of their own");
    }

    @Override
    public void deadLetter(String position, String reason, byte[] raw) {
        emitted.add(position + ": " + reason + ": " + new String(raw, StandardCharsets.UTF_8));
    }
}
