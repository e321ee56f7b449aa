package io.headrace.engine;

import io.headrace.connector.Committer;
import io.headrace.connector.EpochPieces;
import io.headrace.connector.Guarantee;
import io.headrace.connector.Lineage;
import io.headrace.connector.Outcome;
import io.headrace.connector.Piece;
import io.headrace.connector.PieceOut;
import io.headrace.connector.Sink;
import io.headrace.connector.SinkContext;
import io.headrace.connector.SinkWriter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An exactly-once sink whose target outlives jobs. Thread-safe. */
public final class MemorySink implements Sink<Object> {
    private final Map<String, List<Object>> sealed = new HashMap<>();
    private final Map<String, List<Object>> published = new HashMap<>();
    private int pieces;

    /** Returns what readers of the target see, as sorted texts. */
    public synchronized List<String> published() {
        return published.values().stream()
                .flatMap(List::stream)
                .map(Object::toString)
                .sorted()
                .toList();
    }

    private synchronized String seal(List<Object> records) {
        String name = "piece-" + pieces++;
        sealed.put(name, records);
        return name;
    }

    private synchronized boolean publish(String piece) {
        List<Object> records = sealed.remove(piece);
        if (records != null) {
            published.put(piece, records);
        }
        return published.containsKey(piece);
    }

    @Override
    public String name() {
        return "memory";
    }

    @Override
    public String target() {
        return "memory of the test";
    }

    @Override
    public Guarantee guarantee() {
        return Guarantee.EXACTLY_ONCE;
    }

    @Override
    public SinkWriter<Object> writer(SinkContext context) {
        return new Writer();
    }

    private final class Writer implements SinkWriter<Object> {
        private List<Object> records = new ArrayList<>();

        @Override
        public void write(Object value, long timestampMillis) {
            records.add(value);
        }

        @Override
        public boolean prepare(PieceOut out) {
            if (!records.isEmpty()) {
                out.add(new Piece(seal(records), "target", records.size(), ""));
                records = new ArrayList<>();
            }
            return true;
        }

        @Override
        public void close() {}
    }

    @Override
    public Optional<Committer> committer() {
        return Optional.of(new Publisher());
    }

    private final class Publisher implements Committer {
        @Override
        public long fence(Lineage lineage, long owner) {
            return NO_MARKER;
        }

        @Override
        public Outcome commit(EpochPieces epoch) {
            boolean all = epoch.pieces().stream().allMatch(piece -> publish(piece.pending()));
            return all ? Outcome.COMMITTED : Outcome.LOST;
        }
    }
}
