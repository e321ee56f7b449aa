package io.headrace.engine.operator;

import io.headrace.DataStream;
import io.headrace.Pipeline;
import io.headrace.engine.Event;
import io.headrace.engine.store.EntryCodec;
import io.headrace.engine.store.EntryRestore;
import io.headrace.engine.store.KeyedStore;
import io.headrace.engine.tasklet.Limits;
import io.headrace.graph.Step;
import io.headrace.kernel.chain.Chain;
import io.headrace.kernel.chain.ChainWiring;
import io.headrace.kernel.chain.Counters;
import io.headrace.kernel.chain.Edge;
import io.headrace.kernel.chain.KeySlot;
import io.headrace.kernel.chain.Operator;
import io.headrace.kernel.chain.OperatorContext;
import io.headrace.kernel.chain.Port;
import io.headrace.kernel.checkpoint.FileEntry;
import io.headrace.kernel.checkpoint.FileStore;
import io.headrace.kernel.checkpoint.KeyGroupBuffers;
import io.headrace.kernel.checkpoint.StateFile;
import io.headrace.kernel.checkpoint.Store;
import io.headrace.kernel.codec.KeyHash;
import io.headrace.kernel.function.LocalAggregate;
import io.headrace.kernel.function.OperatorClasses;
import io.headrace.kernel.plan.OperatorFactory;
import io.headrace.kernel.plan.StepKind;
import io.headrace.kernel.time.Clock;
import io.headrace.type.Type;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Runs one keyed step of a pipeline on its real state, without threads and channels. */
final class OperatorHost {
    private static final int GROUPS = 128;
    private static final KeyHash HASH = KeyHash.of(Type.of(String.class), 128);

    /** What the step emitted. */
    record Emitted(Object key, Object value, long timestamp) {}

    /** A clock that stands still unless it is moved. */
    static final class ManualClock implements Clock {
        long millis = 1_000_000;

        @Override
        public long millis() {
            return millis;
        }

        @Override
        public long nanos() {
            return millis * 1_000_000;
        }
    }

    final ArrayList<Emitted> emitted = new ArrayList<>();
    final List<Long> watermarks = new ArrayList<>();
    final List<Emitted> late = new ArrayList<>();
    final ManualClock clock = new ManualClock();
    final KeySlot slot = new KeySlot();
    private final Step step;
    private final Operator operator;
    private final EntryCodec codec;
    private final KeyedStore state;
    private final Chain chain;
    private String movesTo;

    /** Creates the step that a stream comes from; side output {@code late} is collected. */
    OperatorHost(Pipeline pipeline, DataStream<?> stream, String name) {
        this(stepOf(pipeline, stream, name), null, Long.MIN_VALUE);
    }

    private static Step stepOf(Pipeline pipeline, DataStream<?> stream, String name) {
        stream.forEach(value -> {}); // A pipeline must do something.
        return pipeline.graph().steps().stream()
                .filter(step -> step.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private OperatorHost(Step step, Saved saved, long watermark) {
        this.step = step;
        this.operator =
                step.accept(new OperatorFactory(OperatorClasses.SHARED, GROUPS, write -> null));
        this.codec = new EntryCodec(operator.layout(), StepKind.of(step), GROUPS);
        this.state = KeyedStore.of(operator.layout(), codec, Limits.STANDARD.cachedKeys());
        if (saved != null) {
            saved.into(new EntryRestore(state, codec, codec.schema()));
            operator.restoreWatermark(watermark);
        }
        operator.connect(this::take);
        operator.connectSide("late", (value, time) -> late.add(new Emitted(null, value, time)));
        operator.open(new OperatorContext(step.name(), clock, slot, state));
        Edge edge = new WatermarkEdge(watermarks);
        this.chain =
                new Chain(
                        new ChainWiring(
                                new Operator[] {operator},
                                new int[][] {{~0}},
                                new Port[] {operator},
                                new Edge[][] {{edge}}));
    }

    private void take(Object value, long timestamp) {
        emitted.add(new Emitted(slot.key, value, timestamp));
        slot.key = movesTo == null ? slot.key : movesTo;
    }

    /** Acts like a keyBy further down: the slot has this key after every record. */
    void slotMovesTo(String key) {
        movesTo = key;
    }

    private record WatermarkEdge(List<Long> watermarks) implements Edge {
        @Override
        public void watermark(long watermark) {
            watermarks.add(watermark);
        }

        @Override
        public void idle(long reached) {}

        @Override
        public void active() {}

        @Override
        public void emit(Object value, long timestamp) {}
    }

    void record(Event event) {
        slot.key = event.key();
        slot.hash = HASH.hash(event.key());
        chain.process(0, event, event.time());
    }

    void record(String key, long time, long value) {
        record(new Event(key, time, value));
    }

    /** Takes records of one key and slice as one, as they come out of a local half. */
    void together(Event... events) {
        LocalAggregate local = new LocalAggregate((Step.Window) step);
        final Event first = events[0];
        while (!local.add(first.key(), HASH.hash(first.key()), first, first.time())) {
            // Until its key is frequent.
        }
        for (Event event : events) {
            if (event != first) {
                local.add(event.key(), HASH.hash(event.key()), event, event.time());
            }
        }
        local.drainTo(
                partial -> {
                    slot.key = partial.key();
                    slot.hash = partial.hash();
                    chain.process(0, partial.sent(), partial.timestamp());
                });
    }

    /** Moves time with the smallest budget, so that all work is resumed at every place. */
    void watermark(long watermark) {
        boolean done = chain.watermark(0, watermark, 1);
        while (!done) {
            done = chain.advance(1);
        }
    }

    void processingTime(long millis) {
        clock.millis = millis;
        while (!chain.processingTime(millis, 1)) {
            // The budget is one timer.
        }
    }

    void end() {
        watermark(Long.MAX_VALUE);
        chain.end();
    }

    /** Lets go of what was emitted. */
    void forget() {
        emitted.clear();
        emitted.trimToSize();
        watermarks.clear();
    }

    long keys() {
        return state.size();
    }

    Counters counters() {
        return operator.counters();
    }

    /** Returns the sample of late records, as text. */
    List<String> lateRecords() {
        return operator.takeLateRecords().stream().map(String::valueOf).toList();
    }

    List<Object> values() {
        return emitted.stream().map(Emitted::value).toList();
    }

    /** Returns a host that goes on from a snapshot of this one. */
    OperatorHost restored(Path directory) {
        KeyGroupBuffers buffers = new KeyGroupBuffers(0, GROUPS - 1);
        state.startSnapshot(buffers);
        while (state.sweep(3)) {
            // A few slots at a time.
        }
        return new OperatorHost(step, new Saved(directory, buffers, codec), operator.watermark());
    }

    private record Saved(Path directory, KeyGroupBuffers buffers, EntryCodec codec) {
        void into(EntryRestore restore) {
            try (Store store = FileStore.at(directory)) {
                store.createDirectories("c");
                String name = "state-" + System.identityHashCode(this);
                FileEntry file = StateFile.write(store, "c", name, codec.schema(), buffers);
                StateFile.read(store, "c", file, new StateFile.GroupRange(0, GROUPS - 1), restore);
            } catch (IOException failed) {
                throw new java.io.UncheckedIOException(failed);
            }
        }
    }
}
