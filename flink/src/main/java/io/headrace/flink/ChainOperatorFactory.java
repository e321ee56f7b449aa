package io.headrace.flink;

import io.headrace.graph.Graph;
import io.headrace.kernel.plan.Plan;
import java.util.List;
import org.apache.flink.streaming.api.operators.AbstractStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.ChainingStrategy;
import org.apache.flink.streaming.api.operators.OneInputStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.StreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;
import org.apache.flink.util.OutputTag;

/** What of a chain travels in a job: the graph, and which chain of its plan it is. */
final class ChainOperatorFactory extends AbstractStreamOperatorFactory<Moved>
        implements OneInputStreamOperatorFactory<Moved, Moved> {
    private static final long serialVersionUID = 1L;

    private final byte[] graph;
    private final int parallelism;
    private final int chain;

    /** For each edge that leaves the chain, in the order of the plan; null for the main output. */
    private final List<OutputTag<Moved>> tags;

    ChainOperatorFactory(byte[] graph, int parallelism, int chain, List<OutputTag<Moved>> tags) {
        this.graph = graph;
        this.parallelism = parallelism;
        this.chain = chain;
        this.tags = tags;
        setChainingStrategy(ChainingStrategy.ALWAYS);
    }

    Plan plan(ClassLoader classes) {
        return Plan.withOneStatePerChain((Graph) Shipped.read(graph, classes), parallelism);
    }

    int chain() {
        return chain;
    }

    List<OutputTag<Moved>> tags() {
        return tags;
    }

    @Override
    @SuppressWarnings("unchecked") // Flink asks for the operator of its own output.
    public <T extends StreamOperator<Moved>> T createStreamOperator(
            StreamOperatorParameters<Moved> parameters) {
        return (T) new ChainOperator(parameters, this);
    }

    @Override
    @SuppressWarnings("rawtypes") // So is the method of Flink.
    public Class<? extends StreamOperator> getStreamOperatorClass(ClassLoader classes) {
        return ChainOperator.class;
    }
}
