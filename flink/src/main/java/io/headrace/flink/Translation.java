package io.headrace.flink;

import io.headrace.connector.DeadLetter;
import io.headrace.graph.ConnectedKeys;
import io.headrace.graph.Graph;
import io.headrace.graph.Input;
import io.headrace.graph.Step;
import io.headrace.kernel.plan.OperatorFactory;
import io.headrace.kernel.plan.Plan;
import io.headrace.kernel.plan.PlannedChain;
import io.headrace.kernel.plan.PlannedEdge;
import io.headrace.kernel.state.StateLayout;
import io.headrace.type.Type;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.functions.KeySelector;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.transformations.OneInputTransformation;
import org.apache.flink.streaming.api.transformations.SideOutputTransformation;
import org.apache.flink.util.OutputTag;

/**
 * Makes a job of Flink of a pipeline: an operator for each chain, of which each keeps the state of
 * one step and has its name as uid, a source for each source and a sink for each sink. Used once.
 */
final class Translation {
    private final Plan plan;
    private final byte[] shipped;
    private final int parallelism;
    private final StreamExecutionEnvironment environment;
    private final String lineage;
    private final Path scratch;
    private final Map<PlannedEdge, DataStream<Moved>> streams = new HashMap<>();

    Translation(
            Graph graph,
            int parallelism,
            StreamExecutionEnvironment environment,
            String lineage,
            Path scratch) {
        this.parallelism = parallelism;
        this.plan = Plan.withOneStatePerChain(graph, parallelism);
        this.shipped = Shipped.write(graph);
        this.environment = environment;
        this.lineage = lineage;
        this.scratch = scratch;
    }

    void translate() {
        for (PlannedChain chain : plan.chains()) {
            Step head = plan.graph().step(chain.steps().get(0));
            if (head instanceof Step.Write write) {
                input(chain)
                        .sinkTo(FlinkSink.of(write, lineage, scratch))
                        .name(write.name())
                        .uid(write.name())
                        .setParallelism(chain.parallelism());
            } else {
                translate(
                        chain, head instanceof Step.Read read ? source(chain, read) : input(chain));
            }
        }
    }

    private DataStream<Moved> source(PlannedChain chain, Step.Read read) {
        return environment
                .fromSource(
                        new FlinkSource(read),
                        WatermarkStrategy.noWatermarks(),
                        read.name(),
                        typeOf(chain))
                .uid(read.name() + ".source")
                .setParallelism(chain.parallelism());
    }

    /** Returns what comes into a chain, on all of its edges. */
    private DataStream<Moved> input(PlannedChain chain) {
        DataStream<Moved> all = null;
        for (PlannedEdge edge : plan.edgesInto(chain)) {
            DataStream<Moved> one = partitioned(edge, streams.get(edge));
            all = all == null ? one : all.union(one);
        }
        return all;
    }

    private DataStream<Moved> partitioned(PlannedEdge edge, DataStream<Moved> stream) {
        Step to = plan.graph().step(edge.toStep());
        return switch (edge.partitioning()) {
            case FORWARD -> stream.forward();
            case HASH, RANGE ->
                    stream.keyBy(
                            new HashSelector((Step.KeyBy) to, plan.graph().settings().keyGroups()),
                            Types.INT);
            case REBALANCE -> stream.rebalance();
            case BROADCAST -> stream.broadcast();
            case CUSTOM ->
                    stream.partitionCustom(
                            new ChosenSubtask((Step.PartitionBy) to), moved -> moved.value());
        };
    }

    private void translate(PlannedChain chain, DataStream<Moved> input) {
        List<PlannedEdge> leaving =
                plan.edges().stream()
                        .filter(edge -> chain.steps().contains(edge.from().step()))
                        .toList();
        List<OutputTag<Moved>> tags = new ArrayList<>();
        for (PlannedEdge edge : leaving) {
            MovedType type = typeOf(plan.chainOf(edge.toStep()));
            tags.add(tags.isEmpty() ? null : new OutputTag<>("edge-" + edge.id(), type));
        }
        StateLayout layout = layout(chain);
        String name = layout == null ? nameOf(chain) : layout.step();
        OneInputTransformation<Moved, Moved> operator =
                new OneInputTransformation<>(
                        input.getTransformation(),
                        name,
                        new ChainOperatorFactory(shipped, parallelism, chain.id(), tags),
                        leaving.isEmpty()
                                ? new MovedType(List.of())
                                : typeOf(plan.chainOf(leaving.get(0).toStep())),
                        chain.parallelism(),
                        true);
        operator.setUid(name);
        int keyGroups = plan.graph().settings().keyGroups();
        operator.setMaxParallelism(keyGroups);
        if (layout != null) {
            operator.setStateKeyType(new KeyType(layout.keyType()));
            operator.setStateKeySelector(new NoSelector());
        }
        environment.addOperator(operator);
        for (int i = 0; i < tags.size(); i++) {
            streams.put(
                    leaving.get(i),
                    new DataStream<>(
                            environment,
                            i == 0
                                    ? operator
                                    : new SideOutputTransformation<>(operator, tags.get(i))));
        }
    }

    /** Flink wants one; the operator finds the key of a record itself. */
    private static final class NoSelector implements KeySelector<Moved, StreamKey> {
        private static final long serialVersionUID = 1L;

        @Override
        public StreamKey getKey(Moved moved) {
            throw new UnsupportedOperationException("the operator sets the key");
        }
    }

    /** Returns what the only step of a chain that keeps state keeps, or null. */
    private StateLayout layout(PlannedChain chain) {
        for (int id : chain.steps()) {
            StateLayout layout = OperatorFactory.layout(plan.graph().step(id));
            if (layout != null) {
                return layout;
            }
        }
        return null;
    }

    /** A chain without state is called after its steps. */
    private String nameOf(PlannedChain chain) {
        return String.join(
                " → ", chain.steps().stream().map(id -> plan.graph().step(id).name()).toList());
    }

    private MovedType typeOf(PlannedChain chain) {
        Step head = plan.graph().step(chain.steps().get(0));
        if (head instanceof Step.Read read) {
            return new MovedType(
                    List.of(
                            new MovedType.Form(read.source().type(), null),
                            new MovedType.Form(Type.of(DeadLetter.class), null)));
        }
        List<MovedType.Form> forms = new ArrayList<>();
        for (PlannedEdge edge : plan.edgesInto(chain)) {
            forms.add(
                    new MovedType.Form(
                            type(edge.from()), plan.carriesKey(edge) ? keyType(edge) : null));
        }
        return new MovedType(forms);
    }

    private Type<?> keyType(PlannedEdge edge) {
        return new ConnectedKeys(plan.graph().steps())
                .into(plan.graph().step(edge.toStep()))
                .orElseThrow()
                .keyType();
    }

    /** Returns the type of the records of an output. */
    private Type<?> type(Input output) {
        Step step = plan.graph().step(output.step());
        Type<?> type =
                output.side() == null
                        ? step.head().type()
                        : output.side().equals(Plan.DEAD_LETTERS)
                                ? Type.of(DeadLetter.class)
                                : SideTypes.of(step, output.side());
        if (type == null) {
            throw new IllegalArgumentException(
                    "step "
                            + step.name()
                            + ": the type of its records is not known, and they go to another"
                            + " operator: give the type where the step is added");
        }
        return type;
    }
}
