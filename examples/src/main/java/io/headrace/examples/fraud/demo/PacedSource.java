package io.headrace.examples.fraud.demo;

import io.headrace.connector.DeadLetter;
import io.headrace.connector.Enumerator;
import io.headrace.connector.EventTime;
import io.headrace.connector.Reader;
import io.headrace.connector.ReaderContext;
import io.headrace.connector.Source;
import io.headrace.connector.SourceOutput;
import io.headrace.connector.Split;
import io.headrace.type.Codec;
import io.headrace.type.Type;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Reads another source no faster than a number of records per second, and tells when it read one.
 *
 * @param <T> the records
 * @param <S> the splits
 * @param <P> a position within a split
 */
final class PacedSource<T, S extends Split, P> implements Source<T, S, P> {
    private static final double NANOS_PER_SECOND = 1e9;

    /** What was missed while the job was busy is caught up for this long, not for ever. */
    private static final double CATCH_UP_SECONDS = 1;

    private final Source<T, S, P> source;
    private final long rate;
    private final LongSupplier nanos;
    private final Consumer<T> onRead;

    private PacedSource(Source<T, S, P> source, long rate, LongSupplier nanos, Consumer<T> onRead) {
        this.source = source;
        this.rate = rate;
        this.nanos = nanos;
        this.onRead = onRead;
    }

    static <T, S extends Split, P> Source<T, S, P> of(
            Source<T, S, P> source, long rate, LongSupplier nanos, Consumer<T> onRead) {
        return new PacedSource<>(source, rate, nanos, onRead);
    }

    @Override
    public String name() {
        return source.name();
    }

    @Override
    public Type<T> type() {
        return source.type();
    }

    @Override
    public boolean bounded() {
        return source.bounded();
    }

    @Override
    public EventTime<T> eventTime() {
        return source.eventTime();
    }

    @Override
    public Enumerator<S> enumerator(byte[] saved) {
        return source.enumerator(saved);
    }

    @Override
    public Reader<T, S, P> reader(ReaderContext context) {
        return new PacedReader(source.reader(context));
    }

    @Override
    public Codec<S> splitCodec() {
        return source.splitCodec();
    }

    @Override
    public Codec<P> positionCodec() {
        return source.positionCodec();
    }

    /** Earns the right to read records as time goes by, up to a bound, and spends it. */
    private final class PacedReader implements Reader<T, S, P> {
        private final Reader<T, S, P> reader;
        private long lastNanos = nanos.getAsLong();
        private double earned;

        PacedReader(Reader<T, S, P> reader) {
            this.reader = reader;
        }

        @Override
        public void assign(S split, P position) {
            reader.assign(split, position);
        }

        @Override
        public Status poll(S split, SourceOutput<T> out, int recordsMax) {
            long now = nanos.getAsLong();
            double most = Math.max(1, rate * CATCH_UP_SECONDS);
            earned = Math.min(most, earned + (now - lastNanos) / NANOS_PER_SECOND * rate);
            lastNanos = now;
            if (earned < 1) {
                return Status.WAITING;
            }
            return reader.poll(split, new Counting(out), (int) Math.min(recordsMax, earned));
        }

        @Override
        public P position(S split) {
            return reader.position(split);
        }

        @Override
        public boolean redrive(DeadLetter letter, SourceOutput<T> out) {
            return reader.redrive(letter, out);
        }

        @Override
        public void committed(S split, P position) {
            reader.committed(split, position);
        }

        @Override
        public void close() {
            reader.close();
        }

        private final class Counting implements SourceOutput<T> {
            private final SourceOutput<T> out;

            Counting(SourceOutput<T> out) {
                this.out = out;
            }

            @Override
            public void emit(T value) {
                earned--;
                onRead.accept(value);
                out.emit(value);
            }

            @Override
            public void emit(T value, long timestampMillis) {
                earned--;
                onRead.accept(value);
                out.emit(value, timestampMillis);
            }

            @Override
            public void watermark(long timestampMillis) {
                out.watermark(timestampMillis);
            }

            @Override
            public void deadLetter(String position, String reason, byte[] raw) {
                earned--;
                out.deadLetter(position, reason, raw);
            }
        }
    }
}
