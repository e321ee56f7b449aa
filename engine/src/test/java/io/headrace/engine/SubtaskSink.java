package io.headrace.engine;

import io.headrace.connector.Committer;
import io.headrace.connector.Guarantee;
import io.headrace.connector.PieceOut;
import io.headrace.connector.Sink;
import io.headrace.connector.SinkContext;
import io.headrace.connector.SinkWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Shows at once which subtask wrote what, in the order of writing. Thread-safe. */
final class SubtaskSink implements Sink<Object> {
    private final SortedMap<Integer, List<Object>> written = new TreeMap<>();

    /** Returns what each subtask wrote, by its number; those that wrote nothing are left out. */
    synchronized SortedMap<Integer, List<Object>> written() {
        SortedMap<Integer, List<Object>> copy = new TreeMap<>();
        written.forEach((subtask, records) -> copy.put(subtask, List.copyOf(records)));
        return copy;
    }

    private synchronized void write(int subtask, Object value) {
        written.computeIfAbsent(subtask, absent -> new ArrayList<>()).add(value);
    }

    @Override
    public String name() {
        return "subtasks";
    }

    @Override
    public String target() {
        return "lists of the test";
    }

    @Override
    public Guarantee guarantee() {
        return Guarantee.AT_LEAST_ONCE;
    }

    @Override
    public SinkWriter<Object> writer(SinkContext context) {
        return new Writer(context.subtask());
    }

    private final class Writer implements SinkWriter<Object> {
        private final int subtask;

        Writer(int subtask) {
            this.subtask = subtask;
        }

        @Override
        public void write(Object value, long timestampMillis) {
            SubtaskSink.this.write(subtask, value);
        }

        @Override
        public boolean prepare(PieceOut out) {
            return true;
        }

        @Override
        public void close() {}
    }

    @Override
    public Optional<Committer> committer() {
        return Optional.empty();
    }
}
