package io.headrace.engine;

import io.headrace.connector.Enumerator;
import io.headrace.connector.EventTime;
import io.headrace.connector.Reader;
import io.headrace.connector.ReaderContext;
import io.headrace.connector.Source;
import io.headrace.connector.SourceOutput;
import io.headrace.type.Codec;
import io.headrace.type.Type;
import java.util.HashMap;
import java.util.Map;

/**
 * A source whose readers are all equally fast, however the machine deals out its time: none is
 * further ahead of another one than a batch, as long as that has a split or can get one.
 * Thread-safe.
 */
final class PacedReaders implements Source<Event, ListSource.Part, Long> {
    /** Few enough to say who is fast; a worker that only waits rests for a while. */
    private static final long BATCH = 2_000;

    private final ListSource source;

    /** How many records each reader has read, of those that others wait for. */
    private final Map<PacedReader, Long> paces = new HashMap<>();

    private int splitsLeft;

    PacedReaders(ListSource source, int splits) {
        this.source = source;
        this.splitsLeft = splits;
    }

    private synchronized void begins(PacedReader reader) {
        paces.put(reader, 0L);
    }

    /** Nobody waits for readers without a split any more once there is none left. */
    private synchronized void splitWasTaken() {
        splitsLeft--;
        if (splitsLeft == 0) {
            paces.keySet().removeIf(reader -> reader.open == 0);
        }
    }

    private synchronized void splitWasRead(PacedReader reader) {
        if (splitsLeft == 0 && reader.open == 0) {
            paces.remove(reader);
        }
    }

    private synchronized boolean mayRead(PacedReader reader) {
        long slowest = paces.values().stream().mapToLong(Long::longValue).min().orElseThrow();
        return paces.get(reader) < slowest + BATCH;
    }

    private synchronized void hasRead(PacedReader reader, long records) {
        paces.merge(reader, records, Long::sum);
    }

    private final class PacedReader implements Reader<Event, ListSource.Part, Long> {
        private final Reader<Event, ListSource.Part, Long> reader;

        /** How many splits it has; read by others under the lock. */
        private volatile int open;

        PacedReader(Reader<Event, ListSource.Part, Long> reader) {
            this.reader = reader;
        }

        @Override
        public void assign(ListSource.Part split, Long position) {
            reader.assign(split, position);
            open = open + 1;
            splitWasTaken();
        }

        @Override
        public Status poll(ListSource.Part split, SourceOutput<Event> out, int recordsMax) {
            if (!mayRead(this)) {
                return Status.WAITING;
            }
            long before = reader.position(split);
            Status status = reader.poll(split, out, recordsMax);
            hasRead(this, reader.position(split) - before);
            if (status == Status.FINISHED) {
                open = open - 1;
                splitWasRead(this);
            }
            return status;
        }

        @Override
        public Long position(ListSource.Part split) {
            return reader.position(split);
        }

        @Override
        public void committed(ListSource.Part split, Long position) {
            reader.committed(split, position);
        }

        @Override
        public void close() {
            reader.close();
        }
    }

    @Override
    public Reader<Event, ListSource.Part, Long> reader(ReaderContext context) {
        PacedReader reader = new PacedReader(source.reader(context));
        begins(reader);
        return reader;
    }

    @Override
    public String name() {
        return source.name();
    }

    @Override
    public Type<Event> type() {
        return source.type();
    }

    @Override
    public boolean bounded() {
        return source.bounded();
    }

    /** None: the alignment of splits would make readers wait too, for others than these do. */
    @Override
    public EventTime<Event> eventTime() {
        return EventTime.none();
    }

    @Override
    public Enumerator<ListSource.Part> enumerator(byte[] saved) {
        return source.enumerator(saved);
    }

    @Override
    public Codec<ListSource.Part> splitCodec() {
        return source.splitCodec();
    }

    @Override
    public Codec<Long> positionCodec() {
        return source.positionCodec();
    }
}
