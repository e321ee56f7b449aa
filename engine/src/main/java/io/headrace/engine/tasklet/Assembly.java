package io.headrace.engine.tasklet;

import io.headrace.connector.Reader;
import io.headrace.connector.ReaderContext;
import io.headrace.connector.SinkContext;
import io.headrace.connector.SinkWriter;
import io.headrace.connector.Source;
import io.headrace.connector.Split;
import io.headrace.engine.queue.Channel;
import io.headrace.graph.Input;
import io.headrace.graph.Step;
import io.headrace.kernel.chain.Chain;
import io.headrace.kernel.chain.ChainWiring;
import io.headrace.kernel.chain.Edge;
import io.headrace.kernel.chain.FanOut;
import io.headrace.kernel.chain.KeySlot;
import io.headrace.kernel.chain.Operator;
import io.headrace.kernel.chain.OperatorContext;
import io.headrace.kernel.chain.Port;
import io.headrace.kernel.checkpoint.StateFile;
import io.headrace.kernel.function.KeySource;
import io.headrace.kernel.function.LocalAggregate;
import io.headrace.kernel.plan.OperatorFactory;
import io.headrace.kernel.plan.Plan;
import io.headrace.kernel.plan.PlannedChain;
import io.headrace.kernel.plan.PlannedEdge;
import io.headrace.kernel.state.KeyGroups;
import io.headrace.kernel.state.KeyedState;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Builds one subtask of a chain: creates its operators, connects them with each other and with the
 * channels, and fills their state. Used once per subtask, before anything runs.
 */
final class Assembly {
    private final Plan plan;
    private final PlannedChain planned;
    private final int subtask;
    private final Surroundings surroundings;
    private final Channels channels;
    private final KeySlot slot = new KeySlot();
    private final Map<Integer, Operator> operators = new LinkedHashMap<>();
    private final Map<PlannedEdge, EdgeOut> edges = new LinkedHashMap<>();

    Assembly(
            Plan plan,
            PlannedChain planned,
            int subtask,
            Surroundings surroundings,
            Channels channels) {
        this.plan = plan;
        this.planned = planned;
        this.subtask = subtask;
        this.surroundings = surroundings;
        this.channels = channels;
    }

    Subtask build(Restored restored, Alignment alignment, SourceProgress progress, Mailbox mailbox)
            throws IOException {
        OperatorFactory factory =
                new OperatorFactory(
                        surroundings.classes(), plan.graph().settings().keyGroups(), this::writer);
        for (int id : planned.steps()) {
            operators.put(id, plan.graph().step(id).accept(factory));
        }
        createEdges();
        planned.steps().forEach(this::connect);
        int keyGroups = plan.graph().settings().keyGroups();
        int first = KeyGroups.firstGroup(subtask, planned.parallelism(), keyGroups);
        int last = KeyGroups.lastGroup(subtask, planned.parallelism(), keyGroups);
        StateAssembly states =
                new StateAssembly(
                        plan.graph(),
                        restored,
                        surroundings.limits().cachedKeys(),
                        new StateFile.GroupRange(first, last));
        List<SubtaskParts.Store> stores = new ArrayList<>();
        for (int id : planned.steps()) {
            stores.add(open(id, states));
        }
        announceKeys(stores);
        Chain chain = new Chain(wiring());
        Step head = plan.graph().step(planned.steps().get(0));
        Intake intake =
                head instanceof Step.Read read
                        ? sourceIntake(
                                read,
                                progress,
                                new SourceIntake.SourceEnvironment(
                                        surroundings.clock(), alignment, mailbox))
                        : new ChannelIntake(inputChannels());
        return new Subtask(
                new SubtaskParts(
                        planned.steps(),
                        chain,
                        intake,
                        List.copyOf(edges.values()),
                        stores,
                        first,
                        last,
                        mailbox,
                        new SubtaskMetrics(operators.size()),
                        surroundings.clock(),
                        surroundings.limits().budget()));
    }

    private SinkWriter<Object> writer(Step.Write step) {
        return step.sink()
                .writer(
                        new SinkContext(
                                step.name(),
                                subtask,
                                planned.parallelism(),
                                surroundings.lineage(),
                                surroundings.owner(),
                                surroundings.scratch()));
    }

    private void createEdges() {
        for (PlannedEdge edge : plan.edges()) {
            if (planned.steps().contains(edge.from().step())) {
                edges.put(edge, edge(edge, channels.outOf(edge, subtask)));
            }
        }
    }

    private EdgeOut edge(PlannedEdge edge, Channel[] targets) {
        return switch (edge.partitioning()) {
            case FORWARD -> new ForwardEdge(targets[0]);
            case REBALANCE -> new RebalanceEdge(targets);
            case CUSTOM ->
                    new PartitionEdge(targets, (Step.PartitionBy) plan.graph().step(edge.toStep()));
            case BROADCAST -> new BroadcastEdge(targets);
            case HASH, RANGE ->
                    new HashEdge(
                            targets,
                            (Step.KeyBy) plan.graph().step(edge.toStep()),
                            plan.localAggregate(edge).map(LocalAggregate::new).orElse(null),
                            plan.graph().settings().keyGroups());
        };
    }

    /** Connects every output of a step that somebody reads. */
    private void connect(int id) {
        Operator operator = operators.get(id);
        Map<String, List<Port>> readers = new LinkedHashMap<>();
        for (Step step : plan.graph().steps()) {
            List<Input> inputs = plan.inputs(step);
            for (int input = 0; input < inputs.size(); input++) {
                if (inputs.get(input).step() == id) {
                    readers.computeIfAbsent(inputs.get(input).side(), side -> new ArrayList<>())
                            .add(readerOf(step, input));
                }
            }
        }
        readers.forEach(
                (side, ports) -> {
                    Port fan = FanOut.of(slot, ports.toArray(Port[]::new));
                    Port port = surroundings.inspector().output(plan.graph().step(id), fan);
                    if (side == null) {
                        operator.connect(port);
                    } else if (side.equals(Plan.DEAD_LETTERS)) {
                        operator.connectDeadLetters(port);
                    } else {
                        operator.connectSide(side, port);
                    }
                });
    }

    /** Returns the port that takes records for an input of a step: an operator or an edge. */
    private Port readerOf(Step step, int input) {
        for (Map.Entry<PlannedEdge, EdgeOut> edge : edges.entrySet()) {
            if (edge.getKey().toStep() == step.id() && edge.getKey().toInput() == input) {
                return edge.getValue();
            }
        }
        return port(step.id(), input);
    }

    private Port port(int step, int input) {
        Operator operator = operators.get(step);
        Port port =
                input == 0
                        ? operator
                        : (value, timestamp) -> operator.process(input, value, timestamp);
        return surroundings.inspector().input(plan.graph().step(step), operator, port);
    }

    private SubtaskParts.Store open(int id, StateAssembly states) throws IOException {
        Step step = plan.graph().step(id);
        Operator operator = operators.get(id);
        SubtaskParts.Store store = states.store(step, operator);
        OperatorContext context =
                new OperatorContext(
                        step.name(),
                        surroundings.clock(),
                        step instanceof Step.KeyBy || plan.keyed(step) ? slot : new KeySlot(),
                        store == null ? null : store.state(),
                        store == null ? null : store.broadcast());
        operator.open(context);
        surroundings.inspector().opened(step, subtask, operator, context);
        return store;
    }

    /** Lets each keyBy tell its keys to the state of the steps that read it. */
    private void announceKeys(List<SubtaskParts.Store> stores) {
        operators.forEach(
                (id, operator) -> {
                    if (operator instanceof KeySource keyBy) {
                        keyBy.announceTo(statesBehind(id, stores));
                    }
                });
    }

    private List<KeyedState> statesBehind(int keyBy, List<SubtaskParts.Store> stores) {
        List<KeyedState> behind = new ArrayList<>();
        for (int i = 0; i < stores.size(); i++) {
            Step step = plan.graph().step(planned.steps().get(i));
            boolean reads = plan.inputs(step).stream().anyMatch(input -> input.step() == keyBy);
            if (reads && stores.get(i) != null) {
                behind.add(stores.get(i).state());
            }
        }
        return behind;
    }

    private ChainWiring wiring() {
        List<Integer> steps = planned.steps();
        List<PlannedEdge> into = plan.edgesInto(planned);
        int[][] inputs = new int[steps.size()][];
        Edge[][] out = new Edge[steps.size()][];
        for (int i = 0; i < inputs.length; i++) {
            int id = steps.get(i);
            inputs[i] = inputsOf(id, into);
            out[i] =
                    edges.entrySet().stream()
                            .filter(edge -> edge.getKey().from().step() == id)
                            .map(Map.Entry::getValue)
                            .toArray(Edge[]::new);
        }
        Port[] entries =
                into.isEmpty()
                        ? new Port[] {port(steps.get(0), 0)}
                        : into.stream()
                                .map(edge -> port(edge.toStep(), edge.toInput()))
                                .toArray(Port[]::new);
        return new ChainWiring(operators.values().toArray(Operator[]::new), inputs, entries, out);
    }

    private int[] inputsOf(int id, List<PlannedEdge> into) {
        List<Input> inputs = plan.inputs(plan.graph().step(id));
        if (inputs.isEmpty()) {
            return new int[] {~0}; // A source: its intake is input 0 of the chain.
        }
        int[] indexes = new int[inputs.size()];
        for (int input = 0; input < indexes.length; input++) {
            indexes[input] = planned.steps().indexOf(inputs.get(input).step());
            for (int edge = 0; edge < into.size(); edge++) {
                if (into.get(edge).toStep() == id && into.get(edge).toInput() == input) {
                    indexes[input] = ~edge;
                }
            }
        }
        return indexes;
    }

    private List<ChannelIntake.Input> inputChannels() {
        return plan.edgesInto(planned).stream()
                .map(
                        edge ->
                                new ChannelIntake.Input(
                                        channels.into(edge, subtask),
                                        plan.idlesAsOne(plan.chainOf(edge.from().step()))))
                .toList();
    }

    @SuppressWarnings("unchecked") // The graph is untyped; the source was typed when it was added.
    private SourceIntake sourceIntake(
            Step.Read step, SourceProgress progress, SourceIntake.SourceEnvironment environment) {
        Source<Object, Split, Object> source = (Source<Object, Split, Object>) step.source();
        Reader<Object, Split, Object> reader =
                source.reader(new ReaderContext(step.name(), subtask, planned.parallelism()));
        Operator operator = operators.get(step.id());
        return new SourceIntake(
                source,
                reader,
                new SourceIntake.SourceSettings(
                        step.name(),
                        operator.output(),
                        operator.deadLetterOutput(),
                        operator.counters(),
                        progress,
                        environment));
    }
}
