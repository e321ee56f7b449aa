package io.headrace.testkit;

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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Stands in for a source and gives what a test feeds.
 *
 * <p>It counts as unbounded until every split has ended: the splits of an unbounded source are read
 * all at once, so that a test can feed any of them at any time.
 */
final class ScriptedSource implements Source<Object, ScriptedSource.Place, Integer> {
    private final Source<Object, ?, ?> original;
    private final List<Script> scripts;
    private final int pollMax;
    private int open;
    private boolean ending;

    /** A split, by its place. */
    record Place(int index) implements Split {
        @Override
        public String id() {
            return Integer.toString(index);
        }
    }

    ScriptedSource(Source<Object, ?, ?> original, int splits, int pollMax) {
        this.pollMax = pollMax;
        this.original = original;
        this.scripts = Stream.generate(Script::new).limit(splits).toList();
    }

    List<Script> scripts() {
        return scripts;
    }

    /** Returns how many readers were created and not closed. */
    int open() {
        return open;
    }

    Source<Object, ?, ?> original() {
        return original;
    }

    @Override
    public String name() {
        return original.name();
    }

    @Override
    public Type<Object> type() {
        return original.type();
    }

    @Override
    public boolean bounded() {
        return ending || scripts.stream().allMatch(Script::ended);
    }

    /** Returns whether a split is caught up behind all that was fed. */
    boolean hasCaughtUp() {
        return scripts.stream().anyMatch(script -> script.caughtUpAt(script.size()));
    }

    /** Returns whether a split is the only one that has not ended. */
    boolean isLast(Script script) {
        return scripts.stream().allMatch(each -> each == script || each.ended());
    }

    /**
     * The last split is about to end. Subtasks that have nothing to read learn that they have ended
     * and are not idle.
     */
    void ending() {
        ending = true;
    }

    @Override
    public EventTime<Object> eventTime() {
        return original.eventTime().present()
                ? EventTime.ofSourceWithWatermarks()
                : EventTime.none();
    }

    @Override
    public Enumerator<Place> enumerator(byte[] saved) {
        return new Places(saved != null);
    }

    @Override
    public Reader<Object, Place, Integer> reader(ReaderContext context) {
        open++;
        return new ScriptReader();
    }

    @Override
    public Codec<Place> splitCodec() {
        return new PlaceCodec();
    }

    @Override
    public Codec<Integer> positionCodec() {
        return new IndexCodec();
    }

    private final class Places implements Enumerator<Place> {
        private boolean found;

        Places(boolean found) {
            this.found = found;
        }

        @Override
        public List<Place> discover() {
            int first = found ? scripts.size() : 0;
            found = true;
            return IntStream.range(first, scripts.size()).mapToObj(Place::new).toList();
        }

        @Override
        public boolean done() {
            return found;
        }

        @Override
        public byte[] snapshot() {
            return found ? new byte[0] : null;
        }
    }

    private final class ScriptReader implements Reader<Object, Place, Integer> {
        private final Map<Place, Integer> positions = new HashMap<>();

        /** Splits that were assigned with a watermark that the engine has not heard of. */
        private final Map<Place, Long> watermarks = new HashMap<>();

        @Override
        public void assign(Place split, Integer position) {
            int from = position == null ? 0 : position;
            positions.put(split, from);
            watermarks.put(split, scripts.get(split.index()).watermarkAt(from));
        }

        @Override
        public Status poll(Place split, SourceOutput<Object> out, int recordsMax) {
            Script script = scripts.get(split.index());
            Long before = watermarks.remove(split);
            if (before != null) {
                out.watermark(before);
            }
            int at = positions.get(split);
            int left = Math.min(recordsMax, pollMax);
            while (left > 0 && at < script.size()) {
                Script.Item item = script.item(at++);
                positions.put(split, at);
                if (item instanceof Script.Value value) {
                    out.emit(value.value(), value.timestampMillis());
                    left--;
                } else if (item instanceof Script.Unreadable unreadable) {
                    out.deadLetter(unreadable.position(), unreadable.reason(), unreadable.raw());
                    left--;
                } else if (item instanceof Script.Watermark watermark) {
                    out.watermark(watermark.timestampMillis());
                    return Status.MORE; // It stands behind this poll, before what comes next.
                } else if (item instanceof Script.End) {
                    return Status.FINISHED;
                }
            }
            if (at < script.size()) {
                return Status.MORE;
            }
            return script.caughtUpAt(at) ? Status.CAUGHT_UP : Status.WAITING;
        }

        @Override
        public Integer position(Place split) {
            return positions.get(split);
        }

        @Override
        public void close() {
            open--;
        }
    }

    private static final class PlaceCodec implements Codec<Place> {
        @Override
        public String name() {
            return "tester.split";
        }

        @Override
        public int version() {
            return 1;
        }

        @Override
        public void write(Place value, BytesOut out) {
            out.writeVarInt(value.index());
        }

        @Override
        public Place read(BytesIn in, int writtenVersion) {
            return new Place(in.readVarInt());
        }
    }

    private static final class IndexCodec implements Codec<Integer> {
        @Override
        public String name() {
            return "tester.position";
        }

        @Override
        public int version() {
            return 1;
        }

        @Override
        public void write(Integer value, BytesOut out) {
            out.writeVarInt(value);
        }

        @Override
        public Integer read(BytesIn in, int writtenVersion) {
            return in.readVarInt();
        }
    }
}
