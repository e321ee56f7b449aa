package io.headrace.engine.tasklet;

import io.headrace.connector.Reader;
import io.headrace.connector.ReaderContext;
import io.headrace.connector.SinkContext;
import io.headrace.connector.SinkWriter;
import io.headrace.connector.Source;
import io.headrace.connector.Split;
import io.headrace.engine.queue.Channel;
import io.headrace.graph.Step;
import io.headrace.kernel.chain.Chain;
import io.headrace.kernel.chain.KeySlot;
import io.headrace.kernel.chain.Operator;
import io.headrace.kernel.chain.OperatorContext;
import io.headrace.kernel.chain.Port;
import io.headrace.kernel.checkpoint.StateFile;
import io.headrace.kernel.function.LocalAggregate;
import io.headrace.kernel.plan.ChainAssembly;
import io.headrace.kernel.plan.OperatorFactory;
import io.headrace.kernel.plan.Plan;
import io.headrace.kernel.plan.PlannedChain;
import io.headrace.kernel.plan.PlannedEdge;
import io.headrace.kernel.state.KeyGroups;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Builds one subtask of a chain: its edges, the state of its operators, and what it reads from.
 * Used once per subtask, before anything runs.
 */
final class Assembly implements ChainAssembly.Host {
    private final Plan plan;
    private final PlannedChain planned;
    private final int subtask;
    private final Surroundings surroundings;
    private final Channels channels;
    private final Map<PlannedEdge, EdgeOut> edges = new LinkedHashMap<>();
    private final List<SubtaskParts.Store> stores = new ArrayList<>();
    private final StateFile.GroupRange groups;
    private StateAssembly states;

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
        int keyGroups = plan.graph().settings().keyGroups();
        this.groups =
                new StateFile.GroupRange(
                        KeyGroups.firstGroup(subtask, planned.parallelism(), keyGroups),
                        KeyGroups.lastGroup(subtask, planned.parallelism(), keyGroups));
    }

    Subtask build(Restored restored, Alignment alignment, SourceProgress progress, Mailbox mailbox)
            throws IOException {
        OperatorFactory factory =
                new OperatorFactory(
                        surroundings.classes(), plan.graph().settings().keyGroups(), this::writer);
        createEdges();
        states =
                new StateAssembly(
                        plan.graph(), restored, surroundings.limits().cachedKeys(), groups);
        ChainAssembly assembly = new ChainAssembly(plan, planned, factory, this);
        Chain chain = assembly.assemble(edges);
        Step head = plan.graph().step(planned.steps().get(0));
        Intake intake =
                head instanceof Step.Read read
                        ? sourceIntake(
                                read,
                                assembly.operator(read.id()),
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
                        groups.first(),
                        groups.last(),
                        mailbox,
                        new SubtaskMetrics(planned.steps().size()),
                        surroundings.clock(),
                        surroundings.limits().budget()));
    }

    @Override
    public Port input(Step step, Operator operator, Port port) {
        return surroundings.inspector().input(step, operator, port);
    }

    @Override
    public Port output(Step step, Port port) {
        return surroundings.inspector().output(step, port);
    }

    @Override
    public OperatorContext context(Step step, Operator operator, KeySlot slot) throws IOException {
        SubtaskParts.Store store = states.store(step, operator);
        stores.add(store);
        return new OperatorContext(
                step.name(),
                surroundings.clock(),
                slot,
                store == null ? null : store.state(),
                store == null ? null : store.broadcast());
    }

    @Override
    public void opened(Step step, Operator operator, OperatorContext context) {
        surroundings.inspector().opened(step, subtask, operator, context);
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
            Step.Read step,
            Operator operator,
            SourceProgress progress,
            SourceIntake.SourceEnvironment environment) {
        Source<Object, Split, Object> source = (Source<Object, Split, Object>) step.source();
        Reader<Object, Split, Object> reader =
                source.reader(new ReaderContext(step.name(), subtask, planned.parallelism()));
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
