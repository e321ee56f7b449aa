package io.headrace.benchmarks;

import io.headrace.connector.Committer;
import io.headrace.connector.Guarantee;
import io.headrace.connector.PieceOut;
import io.headrace.connector.Sink;
import io.headrace.connector.SinkContext;
import io.headrace.connector.SinkWriter;
import java.util.Optional;
import java.util.function.ToLongFunction;

/**
 * Keeps nothing but the checksum of all rows. Each writer has its own until it is closed, so that
 * writers share nothing while they write.
 *
 * @param <T> the rows
 */
final class ChecksumSink<T> implements Sink<T> {
    private final ToLongFunction<T> rowHash;
    private final Checksum total = new Checksum();

    /** Creates a sink for one run. */
    ChecksumSink(ToLongFunction<T> rowHash) {
        this.rowHash = rowHash;
    }

    /** Returns the checksum of the rows of all writers that were closed. */
    Checksum total() {
        synchronized (total) {
            final Checksum copy = new Checksum();
            copy.add(total);
            return copy;
        }
    }

    @Override
    public String name() {
        return "checksum";
    }

    @Override
    public String target() {
        return "memory";
    }

    @Override
    public Guarantee guarantee() {
        return Guarantee.AT_LEAST_ONCE;
    }

    @Override
    public SinkWriter<T> writer(SinkContext context) {
        return new Writer();
    }

    @Override
    public Optional<Committer> committer() {
        return Optional.empty();
    }

    private final class Writer implements SinkWriter<T> {
        private final ToLongFunction<T> rowHash = ChecksumSink.this.rowHash;
        private final Checksum own = new Checksum();

        @Override
        public void write(T value, long timestampMillis) {
            own.add(rowHash.applyAsLong(value));
        }

        @Override
        public boolean prepare(PieceOut out) {
            return true;
        }

        @Override
        public void close() {
            synchronized (total) {
                total.add(own);
            }
        }
    }
}
