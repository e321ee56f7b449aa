package io.headrace.engine.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headrace.Pipeline;
import io.headrace.StateRefusedException;
import io.headrace.engine.Event;
import io.headrace.engine.ListSource;
import io.headrace.engine.store.BroadcastRestore;
import io.headrace.engine.store.BroadcastStore;
import io.headrace.engine.store.EntryCodec;
import io.headrace.engine.store.KeyedStore;
import io.headrace.function.BroadcastProcessFunction;
import io.headrace.function.Context;
import io.headrace.function.ControlContext;
import io.headrace.function.Output;
import io.headrace.graph.Step;
import io.headrace.kernel.chain.Chain;
import io.headrace.kernel.chain.ChainWiring;
import io.headrace.kernel.chain.Edge;
import io.headrace.kernel.chain.KeySlot;
import io.headrace.kernel.chain.Operator;
import io.headrace.kernel.chain.OperatorContext;
import io.headrace.kernel.chain.Port;
import io.headrace.kernel.checkpoint.FileEntry;
import io.headrace.kernel.checkpoint.FileStore;
import io.headrace.kernel.checkpoint.StateFile;
import io.headrace.kernel.checkpoint.Store;
import io.headrace.kernel.codec.KeyHash;
import io.headrace.kernel.function.OperatorClasses;
import io.headrace.kernel.plan.OperatorFactory;
import io.headrace.kernel.plan.StepKind;
import io.headrace.state.MapState;
import io.headrace.type.Type;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Broadcast state of one subtask, and the copy of another one. */
class BroadcastOperatorTest {
    private static final int GROUPS = 128;
    private static final Type<String> STRING = Type.of(String.class);

    @TempDir Path directory;

    /** Emits the values of all rules so far, in the order in which they took effect. */
    static final class Log extends BroadcastProcessFunction<String, Event, Event, String> {
        private final MapState<String, String> log =
                broadcastState("log", String.class, String.class);

        @Override
        public void processControl(Event rule, ControlContext context) {
            String before = log.get("all");
            log.put("all", (before == null ? "" : before + ",") + rule.value());
        }

        @Override
        public void process(Event event, Context<String> context, Output<String> out) {
            out.emit(event.value() + " under " + log.get("all"));
        }
    }

    /** Keeps the map no more. */
    static final class Changed extends BroadcastProcessFunction<String, Event, Event, String> {
        Changed() {
            broadcastState("other", String.class, String.class);
        }

        @Override
        public void processControl(Event rule, ControlContext context) {}

        @Override
        public void process(Event event, Context<String> context, Output<String> out) {}
    }

    private static Step step(boolean changed) {
        Pipeline pipeline = Pipeline.create("rules");
        var events = pipeline.readFrom("in", ListSource.bounded(Duration.ZERO, List.of()));
        var connected = events.keyBy(Event::key, STRING).connect(events.broadcast());
        if (changed) {
            connected.process("log", Changed::new).forEach(line -> {});
        } else {
            connected.process("log", Log::new).forEach(line -> {});
        }
        return pipeline.graph().step(3);
    }

    /** One subtask of the step. */
    private static final class Subtask {
        private final Step step = step(false);
        private final Operator operator =
                step.accept(new OperatorFactory(OperatorClasses.SHARED, GROUPS, write -> null));
        private final EntryCodec codec =
                new EntryCodec(operator.layout(), StepKind.of(step), GROUPS);
        private final BroadcastStore store = new BroadcastStore(operator.layout());
        private final KeySlot slot = new KeySlot();
        private final List<Object> emitted = new ArrayList<>();
        private Chain chain;

        Subtask open() {
            KeyedStore state = KeyedStore.of(operator.layout(), codec, 0);
            operator.connect((value, time) -> emitted.add(value));
            operator.open(new OperatorContext("log", null, slot, state, store));
            Port controls = (value, time) -> operator.process(1, value, time);
            chain =
                    new Chain(
                            new ChainWiring(
                                    new Operator[] {operator},
                                    new int[][] {{~0, ~1}},
                                    new Port[] {operator, controls},
                                    new Edge[][] {{}}));
            return this;
        }

        void record(long time, long value) {
            slot.key = "k";
            slot.hash = KeyHash.of(STRING, GROUPS).hash("k");
            chain.process(0, new Event("k", time, value), time);
        }

        void rule(long time, long value) {
            chain.process(1, new Event("r", time, value), time);
        }

        void watermark(long watermark) {
            for (int input = 0; input < 2; input++) {
                boolean done = chain.watermark(input, watermark, 1);
                while (!done) {
                    done = chain.advance(1);
                }
            }
        }
    }

    private void copy(Subtask from, BroadcastRestore into) throws IOException {
        try (Store files = FileStore.at(directory)) {
            files.createDirectories("c");
            FileEntry file =
                    StateFile.write(files, "c", "op", from.codec.schema(), from.store.write());
            StateFile.read(files, "c", file, BroadcastRestore.RANGE, into);
        }
    }

    @Test
    void theCopyOfASubtaskThatIsBehindIsRightForOneThatIsFurther() throws IOException {
        Subtask behind = new Subtask().open();
        behind.rule(5, 1);
        behind.watermark(10);
        behind.rule(30, 5);
        behind.rule(15, 2);
        behind.rule(15, 3);
        Subtask further = new Subtask();
        copy(behind, new BroadcastRestore(further.store, behind.codec.schema()));
        further.operator.restoreWatermark(20);

        further.open();
        further.rule(12, 4);
        further.record(25, 100);
        further.record(30, 200);
        further.watermark(40);

        assertThat(further.emitted).containsExactly("100 under 1,2,3,4", "200 under 1,2,3,4,5");
    }

    @Test
    void oneThatIsAsFarWaitsForTheSame() throws IOException {
        Subtask before = new Subtask().open();
        before.watermark(10);
        before.rule(20, 1);
        Subtask after = new Subtask();
        copy(before, new BroadcastRestore(after.store, before.codec.schema()));
        after.operator.restoreWatermark(10);

        after.open();
        after.record(19, 100);
        after.record(20, 200);
        after.watermark(40);

        assertThat(after.emitted).containsExactly("100 under null", "200 under 1");
    }

    @Test
    void aMapThatIsThereNoMoreIsRefused() {
        Subtask before = new Subtask().open();
        Operator changed =
                step(true)
                        .accept(new OperatorFactory(OperatorClasses.SHARED, GROUPS, write -> null));
        BroadcastStore store = new BroadcastStore(changed.layout());

        assertThatThrownBy(() -> new BroadcastRestore(store, before.codec.schema()))
                .isInstanceOf(StateRefusedException.class)
                .hasMessageContaining("step log: the checkpoint has broadcast state log")
                .hasMessageContaining("declare it, or start over");
    }
}
