package io.headrace.testkit;

import io.headrace.connector.Committer;
import io.headrace.connector.Guarantee;
import io.headrace.connector.PieceOut;
import io.headrace.connector.Sink;
import io.headrace.connector.SinkContext;
import io.headrace.connector.SinkWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Stands in for a sink and keeps what comes, in the order in which it comes. What came after the
 * newest checkpoint is undone by a restart, as by a target that shows every record once.
 */
final class CollectingSink implements Sink<Object> {
    private final String name;
    private final List<Emitted<Object>> emitted = new ArrayList<>();
    private int durable;
    private int drained;
    private int open;

    CollectingSink(String name) {
        this.name = name;
    }

    List<Emitted<Object>> emitted() {
        return emitted;
    }

    /** Returns what came since the last call. */
    List<Emitted<Object>> drain() {
        List<Emitted<Object>> fresh = List.copyOf(emitted.subList(drained, emitted.size()));
        drained = emitted.size();
        return fresh;
    }

    /** Returns how many writers were created and not closed. */
    int open() {
        return open;
    }

    /** All that has come belongs to a checkpoint. */
    void checkpointed() {
        durable = emitted.size();
    }

    /** The process has died. */
    void undo() {
        emitted.subList(durable, emitted.size()).clear();
        drained = Math.min(drained, durable);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String target() {
        return "tester:" + name;
    }

    @Override
    public Guarantee guarantee() {
        return Guarantee.AT_LEAST_ONCE;
    }

    @Override
    public SinkWriter<Object> writer(SinkContext context) {
        open++;
        return new Writer();
    }

    @Override
    public Optional<Committer> committer() {
        return Optional.empty();
    }

    private final class Writer implements SinkWriter<Object> {
        @Override
        public void write(Object value, long timestampMillis) {
            emitted.add(new Emitted<>(value, timestampMillis));
        }

        @Override
        public boolean prepare(PieceOut out) {
            return true;
        }

        @Override
        public void close() {
            open--;
        }
    }
}
