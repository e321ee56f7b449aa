package io.headrace.benchmarks;

import io.headrace.connector.Enumerator;
import io.headrace.connector.EventTime;
import io.headrace.connector.Reader;
import io.headrace.connector.ReaderContext;
import io.headrace.connector.Source;
import io.headrace.connector.SourceOutput;
import io.headrace.function.ToLongFn;
import io.headrace.type.Codec;
import io.headrace.type.Type;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongFunction;
import java.util.stream.IntStream;

/**
 * Makes the records of {@link Nexmark} where they are read; costs nothing but the records.
 *
 * @param <T> the records
 */
final class NexmarkSource<T> implements Source<T, SequenceRange, Long> {
    private final Type<T> type;
    private final LongFunction<T> records;
    private final ToLongFn<T> timestampMillis;
    private final long events;
    private final int splits;

    private NexmarkSource(
            Type<T> type,
            LongFunction<T> records,
            ToLongFn<T> timestampMillis,
            long events,
            int splits) {
        if (events < 0 || splits < 1) {
            throw new IllegalArgumentException(
                    "events=" + events + " and splits=" + splits + ", must be at least 0 and 1");
        }
        this.type = type;
        this.records = records;
        this.timestampMillis = timestampMillis;
        this.events = events;
        this.splits = splits;
    }

    /**
     * Reads persons, auctions and bids.
     *
     * @param events how many
     * @param splits into how many parts they are cut
     */
    static NexmarkSource<Event> events(long events, int splits) {
        return new NexmarkSource<>(
                Type.of(Event.class), Nexmark::event, Event::timestampMillis, events, splits);
    }

    /**
     * Reads words.
     *
     * @param events how many
     * @param splits into how many parts they are cut
     */
    static NexmarkSource<Word> words(long events, int splits) {
        return new NexmarkSource<>(
                Type.of(Word.class), Nexmark::word, Word::timestampMillis, events, splits);
    }

    @Override
    public String name() {
        return "nexmark";
    }

    @Override
    public Type<T> type() {
        return type;
    }

    @Override
    public boolean bounded() {
        return true;
    }

    @Override
    public EventTime<T> eventTime() {
        return EventTime.ofMillis(timestampMillis, Duration.ofMillis(Nexmark.OUT_OF_ORDER_MILLIS));
    }

    @Override
    public Enumerator<SequenceRange> enumerator(byte[] saved) {
        return new RangeEnumerator(events, splits, saved != null && saved[0] == 1);
    }

    @Override
    public Reader<T, SequenceRange, Long> reader(ReaderContext context) {
        return new RangeReader<>(records);
    }

    @Override
    public Codec<SequenceRange> splitCodec() {
        return new SequenceRange.RangeCodec();
    }

    @Override
    public Codec<Long> positionCodec() {
        return new SequenceRange.PositionCodec();
    }

    /** Hands out all ranges at once. */
    private static final class RangeEnumerator implements Enumerator<SequenceRange> {
        private final long events;
        private final int splits;
        private boolean done;

        RangeEnumerator(long events, int splits, boolean done) {
            this.events = events;
            this.splits = splits;
            this.done = done;
        }

        @Override
        public List<SequenceRange> discover() {
            if (done) {
                return List.of();
            }
            done = true;
            return IntStream.range(0, splits)
                    .mapToObj(index -> new SequenceRange(index, splits, events))
                    .toList();
        }

        @Override
        public boolean done() {
            return done;
        }

        @Override
        public byte[] snapshot() {
            return new byte[] {(byte) (done ? 1 : 0)};
        }
    }

    /** Reads ranges; a position is the next sequence number. */
    private static final class RangeReader<T> implements Reader<T, SequenceRange, Long> {
        private final LongFunction<T> records;
        private final Map<SequenceRange, Long> positions = new HashMap<>();

        RangeReader(LongFunction<T> records) {
            this.records = records;
        }

        @Override
        public void assign(SequenceRange split, Long position) {
            positions.put(split, position == null ? split.first() : position);
        }

        @Override
        public Status poll(SequenceRange split, SourceOutput<T> out, int recordsMax) {
            final LongFunction<T> records = this.records;
            long next = positions.get(split);
            int room = recordsMax;
            while (room > 0 && next < split.events()) {
                final long blockEnd = split.blockEnd(next);
                final long end = Math.min(blockEnd, next + room);
                room -= (int) (end - next);
                for (long sequence = next; sequence < end; sequence++) {
                    out.emit(records.apply(sequence));
                }
                next = end == blockEnd ? split.nextBlock(end) : end;
            }
            positions.put(split, next);
            return next < split.events() ? Status.MORE : Status.FINISHED;
        }

        @Override
        public Long position(SequenceRange split) {
            return positions.get(split);
        }

        @Override
        public void close() {
            positions.clear();
        }
    }
}
