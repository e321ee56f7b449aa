package io.headrace.engine;

import io.headrace.connector.Enumerator;
import io.headrace.connector.EventTime;
import io.headrace.connector.Reader;
import io.headrace.connector.ReaderContext;
import io.headrace.connector.Source;
import io.headrace.connector.SourceOutput;
import io.headrace.connector.Split;
import io.headrace.type.BytesIn;
import io.headrace.type.BytesOut;
import io.headrace.type.Codec;
import io.headrace.type.Type;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;

/**
 * A source over lists, one split per list. Its records can be held back: of each split only the
 * first {@link #visible} can be read.
 */
public final class ListSource implements Source<Event, ListSource.Part, Long> {
    private final List<List<Event>> parts;
    private final EventTime<Event> eventTime;
    private final boolean bounded;
    private volatile int visible = Integer.MAX_VALUE;
    private final Map<Integer, Integer> visibleOf = new ConcurrentHashMap<>();
    private volatile int pollMax = Integer.MAX_VALUE;

    /** A list. */
    public record Part(String id, int index) implements Split {}

    private ListSource(List<List<Event>> parts, EventTime<Event> eventTime, boolean bounded) {
        this.parts = parts;
        this.eventTime = eventTime;
        this.bounded = bounded;
    }

    public static ListSource bounded(Duration outOfOrderness, List<List<Event>> parts) {
        return bounded(EventTime.ofMillis(Event::time, outOfOrderness), parts);
    }

    public static ListSource bounded(EventTime<Event> eventTime, List<List<Event>> parts) {
        return new ListSource(parts, eventTime, true);
    }

    public static ListSource unbounded(Duration outOfOrderness, List<List<Event>> parts) {
        return unbounded(EventTime.ofMillis(Event::time, outOfOrderness), parts);
    }

    public static ListSource unbounded(EventTime<Event> eventTime, List<List<Event>> parts) {
        return new ListSource(parts, eventTime, false);
    }

    /** Lets this many records of each split be read. */
    public ListSource visible(int records) {
        visible = records;
        return this;
    }

    /** Lets this many records of one split be read, whatever holds for the others. */
    public ListSource visible(int part, int records) {
        visibleOf.put(part, records);
        return this;
    }

    /** Gives at most this many records per poll, whatever the runner allows. */
    public ListSource pollMax(int records) {
        pollMax = records;
        return this;
    }

    @Override
    public String name() {
        return "events";
    }

    @Override
    public Type<Event> type() {
        return Type.of(Event.class);
    }

    @Override
    public boolean bounded() {
        return bounded;
    }

    @Override
    public EventTime<Event> eventTime() {
        return eventTime;
    }

    @Override
    public Enumerator<Part> enumerator(byte[] saved) {
        return new Parts(saved == null ? 0 : saved[0]);
    }

    private final class Parts implements Enumerator<Part> {
        private int returned;

        Parts(int returned) {
            this.returned = returned;
        }

        @Override
        public List<Part> discover() {
            List<Part> found =
                    IntStream.range(returned, parts.size())
                            .mapToObj(i -> new Part("part-" + i, i))
                            .toList();
            returned = parts.size();
            return found;
        }

        @Override
        public boolean done() {
            return returned == parts.size();
        }

        @Override
        public byte[] snapshot() {
            return new byte[] {(byte) returned};
        }
    }

    @Override
    public Reader<Event, Part, Long> reader(ReaderContext context) {
        return new ListReader();
    }

    private final class ListReader implements Reader<Event, Part, Long> {
        private final Map<Part, Long> positions = new HashMap<>();

        @Override
        public void assign(Part split, Long position) {
            Long before = positions.putIfAbsent(split, position == null ? 0L : position);
            if (before != null) {
                throw new IllegalStateException(split + " was assigned twice");
            }
        }

        @Override
        public Status poll(Part split, SourceOutput<Event> out, int recordsMax) {
            List<Event> list = parts.get(split.index());
            int at = positions.get(split).intValue();
            int shown = visibleOf.getOrDefault(split.index(), visible);
            int end = Math.min(Math.min(recordsMax, pollMax) + at, Math.min(shown, list.size()));
            while (at < end) {
                out.emit(list.get(at++));
                positions.put(split, (long) at);
            }
            if (at < list.size() && at < shown) {
                return Status.MORE;
            }
            if (bounded) {
                return at == list.size() ? Status.FINISHED : Status.WAITING;
            }
            return Status.CAUGHT_UP;
        }

        @Override
        public Long position(Part split) {
            return positions.get(split);
        }

        @Override
        public void committed(Part split, Long position) {
            if (position > positions.get(split)) {
                throw new IllegalStateException(position + " was not read");
            }
        }

        @Override
        public void close() {}
    }

    @Override
    public Codec<Part> splitCodec() {
        return new PartCodec();
    }

    @Override
    public Codec<Long> positionCodec() {
        return new PositionCodec();
    }

    /** Stores a split. */
    public static final class PartCodec implements Codec<Part> {
        @Override
        public String name() {
            return "test.part";
        }

        @Override
        public int version() {
            return 1;
        }

        @Override
        public void write(Part part, BytesOut out) {
            out.writeVarInt(part.index());
        }

        @Override
        public Part read(BytesIn in, int writtenVersion) {
            int index = in.readVarInt();
            return new Part("part-" + index, index);
        }
    }

    /** Stores a position. */
    public static final class PositionCodec implements Codec<Long> {
        @Override
        public String name() {
            return "test.position";
        }

        @Override
        public int version() {
            return 1;
        }

        @Override
        public void write(Long position, BytesOut out) {
            out.writeVarLong(position);
        }

        @Override
        public Long read(BytesIn in, int writtenVersion) {
            return in.readVarLong();
        }
    }
}
