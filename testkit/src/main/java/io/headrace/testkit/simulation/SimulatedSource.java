package io.headrace.testkit.simulation;

import io.headrace.connector.Enumerator;
import io.headrace.connector.EventTime;
import io.headrace.connector.Reader;
import io.headrace.connector.ReaderContext;
import io.headrace.connector.Source;
import io.headrace.connector.SourceOutput;
import io.headrace.connector.Split;
import io.headrace.connector.WatermarkGenerator;
import io.headrace.type.BytesIn;
import io.headrace.type.BytesOut;
import io.headrace.type.Codec;
import io.headrace.type.Type;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.ToLongFunction;

/**
 * A source in memory that gives few records at a time, none now and then, and fails when it is told
 * to. The records are the same whether it is bounded or not: if not, a split that has no more is
 * caught up for ever.
 */
final class SimulatedSource implements Source<Measurement, SimulatedSource.Place, Long> {
    private final String name;
    private final List<SplitData> splits;
    private final Duration bound;
    private final Pace pace;
    private final Outside outside;

    /** A split, by its place among the splits of its source. */
    record Place(int index, String id) implements Split {}

    /**
     * How fast it gives its records.
     *
     * @param pollMax the most records of one poll
     * @param pauses one poll in so many gives nothing
     * @param rounds in how many rounds the splits of a bounded source are discovered; 0 if it is
     *     not bounded
     */
    record Pace(int pollMax, int pauses, int rounds) {}

    /**
     * What is around it.
     *
     * @param durable the position of a split in the newest durable checkpoint
     */
    record Outside(SplittableRandom random, Faults faults, ToLongFunction<String> durable) {}

    SimulatedSource(
            String name, List<SplitData> splits, Duration bound, Pace pace, Outside outside) {
        this.name = name;
        this.splits = List.copyOf(splits);
        this.bound = bound;
        this.pace = pace;
        this.outside = outside;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Type<Measurement> type() {
        return Type.of(Measurement.class);
    }

    @Override
    public boolean bounded() {
        return pace.rounds() > 0;
    }

    @Override
    public EventTime<Measurement> eventTime() {
        return bound.toMillis() % 2 == 0
                ? EventTime.ofMillis(Measurement::time, bound)
                : EventTime.ofMillis(Measurement::time, new Generated(bound.toMillis()));
    }

    /** Says what the bound would say, from a number of its own. */
    private record Generated(long boundMillis) implements WatermarkGenerator<Measurement> {
        @Override
        public long onRecord(Measurement value, long timestampMillis, Progress split) {
            long[] behindHighest = split.state(); // No time of a simulation is below 0.
            behindHighest[0] = Math.max(behindHighest[0], timestampMillis + 1);
            return behindHighest[0] - boundMillis - 2;
        }

        @Override
        public int stateLength() {
            return 1;
        }
    }

    @Override
    public Enumerator<Place> enumerator(byte[] saved) {
        return new Found(saved == null ? 0 : saved[0]);
    }

    @Override
    public Reader<Measurement, Place, Long> reader(ReaderContext context) {
        return new Polled();
    }

    @Override
    public Codec<Place> splitCodec() {
        return new PlaceCodec();
    }

    @Override
    public Codec<Long> positionCodec() {
        return new PositionCodec();
    }

    private final class Found implements Enumerator<Place> {
        private int found;

        Found(int found) {
            this.found = found;
        }

        @Override
        public List<Place> discover() {
            int first = found;
            int rounds = Math.max(1, pace.rounds());
            int step = Math.max(1, (splits.size() + rounds - 1) / rounds);
            found = Math.min(splits.size(), found + step);
            return splits.subList(first, found).stream()
                    .map(split -> new Place(splits.indexOf(split), split.id()))
                    .toList();
        }

        @Override
        public boolean done() {
            return found == splits.size();
        }

        @Override
        public byte[] snapshot() {
            return new byte[] {(byte) found};
        }
    }

    private final class Polled implements Reader<Measurement, Place, Long> {
        private final Map<String, Long> positions = new HashMap<>();

        @Override
        public void assign(Place split, Long position) {
            positions.put(split.id(), position == null ? 0L : position);
        }

        @Override
        public Status poll(Place split, SourceOutput<Measurement> out, int recordsMax) {
            outside.faults().beforePoll();
            List<Measurement> items = splits.get(split.index()).items();
            int first = (int) (long) positions.get(split.id());
            if (first == items.size() && !bounded()) {
                return Status.CAUGHT_UP;
            }
            if (outside.random().nextInt(pace.pauses()) == 0) {
                return bounded() && outside.random().nextBoolean()
                        ? Status.CAUGHT_UP
                        : Status.WAITING;
            }
            int wanted = 1 + outside.random().nextInt(pace.pollMax());
            int end = Math.min(items.size(), first + Math.min(recordsMax, wanted));
            for (int i = first; i < end; i++) {
                positions.put(split.id(), i + 1L);
                Measurement item = items.get(i);
                if (item == null) {
                    out.deadLetter(Integer.toString(i), "unreadable", new byte[] {1});
                } else {
                    out.emit(item);
                }
            }
            if (!bounded()) {
                return Status.MORE;
            }
            boolean over = end == items.size() && (end == first || outside.random().nextBoolean());
            return over ? Status.FINISHED : Status.MORE;
        }

        @Override
        public Long position(Place split) {
            return positions.get(split.id());
        }

        @Override
        public void committed(Place split, Long position) {
            long durable = outside.durable().applyAsLong(split.id());
            SimulationFailure.require(
                    position <= durable,
                    "%s was told that %d is durable, and %d is",
                    split.id(),
                    position,
                    durable);
        }

        @Override
        public void close() {}
    }

    private static final class PlaceCodec implements Codec<Place> {
        @Override
        public String name() {
            return "simulation.place";
        }

        @Override
        public int version() {
            return 1;
        }

        @Override
        public void write(Place value, BytesOut out) {
            out.writeVarInt(value.index());
            out.writeString(value.id());
        }

        @Override
        public Place read(BytesIn in, int writtenVersion) {
            return new Place(in.readVarInt(), in.readString());
        }
    }

    private static final class PositionCodec implements Codec<Long> {
        @Override
        public String name() {
            return "simulation.position";
        }

        @Override
        public int version() {
            return 1;
        }

        @Override
        public void write(Long value, BytesOut out) {
            out.writeVarLong(value);
        }

        @Override
        public Long read(BytesIn in, int writtenVersion) {
            return in.readVarLong();
        }
    }
}
