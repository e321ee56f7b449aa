package io.headrace.flink;

import io.headrace.connector.PieceOut;
import io.headrace.graph.Step;
import io.headrace.kernel.chain.Chain;
import io.headrace.kernel.chain.Counters;
import io.headrace.kernel.chain.KeySlot;
import io.headrace.kernel.chain.Operator;
import io.headrace.kernel.chain.OperatorContext;
import io.headrace.kernel.function.OperatorClasses;
import io.headrace.kernel.plan.ChainAssembly;
import io.headrace.kernel.plan.OperatorFactory;
import io.headrace.kernel.plan.Plan;
import io.headrace.kernel.plan.PlannedChain;
import io.headrace.kernel.plan.PlannedEdge;
import io.headrace.kernel.state.KeyGroups;
import io.headrace.kernel.state.StateLayout;
import io.headrace.kernel.time.Clock;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.State;
import org.apache.flink.api.common.state.StateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.common.typeutils.base.StringSerializer;
import org.apache.flink.api.common.typeutils.base.array.LongPrimitiveArraySerializer;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.BoundedOneInput;
import org.apache.flink.streaming.api.operators.InternalTimerService;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;
import org.apache.flink.streaming.api.operators.Triggerable;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;

/**
 * One subtask of a chain as an operator of Flink. All inputs of the chain come in on one: Flink
 * brings their watermarks together.
 *
 * <p>Time goes the way of the kernel: a watermark drives the chain to its end, which fires timers
 * and decides what to pass on.
 */
final class ChainOperator extends AbstractStreamOperator<Moved>
        implements OneInputStreamOperator<Moved, Moved>,
                BoundedOneInput,
                ChainAssembly.Host,
                FlinkKeyedState.Host,
                Clock {
    private static final long serialVersionUID = 1L;

    /** Flink lets an operator finish what it has begun. */
    private static final int WITHOUT_LIMIT = Integer.MAX_VALUE;

    /** Which key groups a subtask had, the first and the last, and its watermark. */
    private static final ListStateDescriptor<long[]> WATERMARKS =
            new ListStateDescriptor<>("watermarks", LongPrimitiveArraySerializer.INSTANCE);

    /** What a subtask kept without a key, behind its watermark. */
    private static final ListStateDescriptor<Tuple2<Long, byte[]>> BROADCASTS =
            new ListStateDescriptor<>(
                    "broadcast",
                    Types.TUPLE(Types.LONG, PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO));

    private final transient ChainOperatorFactory factory;
    private transient StateInitializationContext restored;
    private transient ListState<long[]> watermarks;
    private transient FlinkBroadcast broadcast;
    private transient ListState<Tuple2<Long, byte[]>> broadcasts;
    private transient Map<PlannedEdge, OutEdge> edges;
    private transient Operator stateful;

    /** The operator of the source that the chain begins with, if it does. */
    private transient Operator source;

    private transient List<StepCounters> counted;
    private transient Chain chain;
    private transient KeySlot slot;
    private transient int inputs;
    private transient long received;
    private transient long sent;
    private transient boolean idle;
    private transient long[] groups;

    ChainOperator(StreamOperatorParameters<Moved> parameters, ChainOperatorFactory factory) {
        super(parameters);
        this.factory = factory;
    }

    // --- life ---

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        restored = context;
        Plan plan = factory.plan(getUserCodeClassloader());
        PlannedChain planned = plan.chains().get(factory.chain());
        int keyGroups = plan.graph().settings().keyGroups();
        int subtask = getRuntimeContext().getTaskInfo().getIndexOfThisSubtask();
        int subtasks = getRuntimeContext().getTaskInfo().getNumberOfParallelSubtasks();
        groups =
                new long[] {
                    KeyGroups.firstGroup(subtask, subtasks, keyGroups),
                    KeyGroups.lastGroup(subtask, subtasks, keyGroups)
                };
        inputs = Math.max(1, plan.edgesInto(planned).size());
        received = Long.MIN_VALUE;
        sent = Long.MIN_VALUE;
        counted = new ArrayList<>();
        edges = new LinkedHashMap<>();
        OperatorFactory operators =
                new OperatorFactory(
                        OperatorClasses.SHARED,
                        keyGroups,
                        write -> {
                            throw new IllegalStateException("sinks are operators of their own");
                        });
        ChainAssembly assembly = new ChainAssembly(plan, planned, operators, this);
        slot = assembly.slot();
        createEdges(plan, planned);
        chain = assembly.assemble(edges);
        Step head = plan.graph().step(planned.steps().get(0));
        source = head instanceof Step.Read ? assembly.operator(head.id()) : null;
        restored = null;
    }

    private void createEdges(Plan plan, PlannedChain planned) {
        for (PlannedEdge edge : plan.edges()) {
            if (planned.steps().contains(edge.from().step())) {
                PlannedChain to = plan.chainOf(edge.toStep());
                edges.put(
                        edge,
                        new OutEdge(
                                output,
                                factory.tags().get(edges.size()),
                                plan.edgesInto(to).indexOf(edge),
                                plan.carriesKey(edge) ? slot : null));
            }
        }
    }

    @Override
    public OperatorContext context(Step step, Operator operator, KeySlot given) throws IOException {
        counted.add(new StepCounters(step.name(), operator.counters(), getRuntimeContext()));
        StateLayout layout = operator.layout();
        if (layout == null) {
            return new OperatorContext(step.name(), this, given, null);
        }
        stateful = operator;
        // Flink takes no checkpoint while some subtasks with such a state have ended and some have
        // not: those of a source end one by one, those behind an exchange together.
        watermarks =
                StateCalls.get(
                        () -> restored.getOperatorStateStore().getUnionListState(WATERMARKS));
        operator.restoreWatermark(restoredWatermark());
        if (layout.broadcast() != null) {
            broadcast = new FlinkBroadcast(layout);
            restoreBroadcast();
        }
        FlinkKeyedState state = new FlinkKeyedState(layout, this);
        return new OperatorContext(step.name(), this, given, state, broadcast);
    }

    /** Returns the smallest watermark that a key group of this subtask has had. */
    private long restoredWatermark() throws IOException {
        long lowest = Long.MAX_VALUE;
        if (restored.isRestored()) {
            for (long[] each : StateCalls.get(watermarks::get)) {
                if (each[0] <= groups[1] && each[1] >= groups[0]) {
                    lowest = Math.min(lowest, each[2]);
                }
            }
        }
        return lowest == Long.MAX_VALUE ? Long.MIN_VALUE : lowest;
    }

    /** The copy of the subtask that was behind all others in time is right for each. */
    private void restoreBroadcast() {
        broadcasts =
                StateCalls.get(
                        () -> restored.getOperatorStateStore().getUnionListState(BROADCASTS));
        Tuple2<Long, byte[]> lowest = null;
        for (Tuple2<Long, byte[]> each : StateCalls.get(broadcasts::get)) {
            lowest = lowest == null || each.f0 < lowest.f0 ? each : lowest;
        }
        if (lowest != null) {
            broadcast.read(lowest.f1);
        }
    }

    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
        super.snapshotState(context);
        if (stateful != null) {
            watermarks.clear();
            watermarks.add(new long[] {groups[0], groups[1], stateful.watermark()});
        }
        if (broadcast != null) {
            broadcasts.update(List.of(Tuple2.of(stateful.watermark(), broadcast.write())));
        }
    }

    @Override
    public void prepareSnapshotPreBarrier(long checkpoint) {
        PieceOut[] none = new PieceOut[chain.operators().length];
        Arrays.fill(none, (PieceOut) piece -> {});
        while (!chain.prepareBarrier(WITHOUT_LIMIT, none)) {
            Thread.onSpinWait();
        }
        flush();
    }

    @Override
    public void endInput() {
        chain.end();
        flush();
    }

    @Override
    public void close() throws Exception {
        if (chain != null) {
            chain.close();
        }
        super.close();
    }

    // --- records and time ---

    @Override
    public void processElement(StreamRecord<Moved> record) {
        Moved moved = record.getValue();
        if (moved.key() != null) {
            slot.key = moved.key();
            slot.hash = moved.hash();
        }
        if (source != null && moved.input() == FlinkSource.DEAD_LETTERS) {
            source.counters().in++;
            source.counters().deadLetters++;
            source.deadLetterOutput().emit(moved.value(), Long.MIN_VALUE);
        } else {
            chain.process(moved.input(), moved.value(), record.getTimestamp());
        }
    }

    /** The kernel finds the key of a record, where it needs one. */
    @Override
    @SuppressWarnings("rawtypes") // So is the method of Flink.
    public void setKeyContextElement1(StreamRecord record) {}

    @Override
    public void processWatermark(Watermark mark) {
        received = mark.getTimestamp();
        for (int input = 0; input < inputs; input++) {
            boolean done = chain.watermark(input, received, WITHOUT_LIMIT);
            while (!done) {
                done = chain.advance(WITHOUT_LIMIT);
            }
        }
        flush();
        passTimeOn();
    }

    @Override
    public void processWatermarkStatus(WatermarkStatus status) {
        if (status.isIdle()) {
            for (int input = 0; input < inputs; input++) {
                boolean done = chain.idle(input, received, WITHOUT_LIMIT);
                while (!done) {
                    done = chain.advance(WITHOUT_LIMIT);
                }
            }
        }
        flush();
        passTimeOn();
        if (status.isActive() && idle) { // Its next watermark comes only when it has risen.
            idle = false;
            output.emitWatermarkStatus(WatermarkStatus.ACTIVE);
        }
    }

    /** What the last operators of the chain have reached is what others may know. */
    private void passTimeOn() {
        long lowest = Long.MAX_VALUE;
        boolean allIdle = !edges.isEmpty();
        for (OutEdge edge : edges.values()) {
            lowest = Math.min(lowest, edge.watermark());
            allIdle &= edge.isIdle();
        }
        if (!edges.isEmpty() && lowest > sent) {
            sent = lowest;
            output.emitWatermark(new Watermark(lowest));
        }
        if (allIdle != idle) {
            idle = allIdle;
            output.emitWatermarkStatus(idle ? WatermarkStatus.IDLE : WatermarkStatus.ACTIVE);
        }
    }

    private void flush() {
        chain.flush();
        counted.forEach(StepCounters::publish);
    }

    // --- for the state ---

    @Override
    public void key(StreamKey key) {
        setCurrentKey(key);
    }

    @Override
    public StreamKey currentKey() {
        return (StreamKey) getCurrentKey();
    }

    @Override
    public <S extends State> S state(StateDescriptor<S, ?> descriptor) throws Exception {
        return getPartitionedState(
                VoidNamespace.INSTANCE, VoidNamespaceSerializer.INSTANCE, descriptor);
    }

    @Override
    public InternalTimerService<String> timers(Triggerable<StreamKey, String> triggerable) {
        return getInternalTimerService("timers", StringSerializer.INSTANCE, triggerable);
    }

    @Override
    public void advance(long watermark) throws Exception {
        getTimeServiceManager().orElseThrow().advanceWatermark(new Watermark(watermark));
    }

    @Override
    public void processingTimeIsDue() {
        while (!chain.processingTime(millis(), WITHOUT_LIMIT)) {
            Thread.onSpinWait();
        }
        flush();
    }

    @Override
    public long millis() {
        return getProcessingTimeService().getCurrentProcessingTime();
    }

    @Override
    public long nanos() {
        return System.nanoTime();
    }

    /** What a step has counted, as accumulators of the job. */
    private static final class StepCounters {
        private final Counters counters;
        private final Map<String, org.apache.flink.api.common.accumulators.LongCounter> shown =
                new LinkedHashMap<>();

        StepCounters(
                String step,
                Counters counters,
                org.apache.flink.api.common.functions.RuntimeContext context) {
            this.counters = counters;
            for (String name : FlinkJob.COUNTERS) {
                shown.put(name, context.getLongCounter(FlinkJob.counter(step, name)));
            }
        }

        void publish() {
            show("in", counters.in);
            show("out", counters.out);
            show("late", counters.late);
            show("deadLetters", counters.deadLetters);
        }

        private void show(String name, long value) {
            var counter = shown.get(name);
            counter.add(value - counter.getLocalValuePrimitive());
        }
    }
}
