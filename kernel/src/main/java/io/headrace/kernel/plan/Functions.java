package io.headrace.kernel.plan;

import io.headrace.graph.Graph;
import io.headrace.graph.Step;
import io.headrace.graph.WindowOutput;
import java.util.ArrayList;
import java.util.List;

/** What of a pipeline its user has written. */
final class Functions {
    private Functions() {}

    /**
     * Returns a text that is the same for two pipelines of this process only if all their steps
     * call the same code. It keeps no class from being unloaded.
     */
    static String names(Graph graph) {
        StringBuilder names = new StringBuilder();
        for (Step step : graph.steps()) {
            names.append(step.getClass().getSimpleName());
            for (Object function : of(step)) {
                Class<?> code = function.getClass();
                names.append(' ').append(code.getName()).append('@');
                names.append(Integer.toHexString(System.identityHashCode(code)));
            }
            names.append(step.head().inputs()).append('\n');
        }
        return names.toString();
    }

    /** Returns the functions of a step, and its source or sink. */
    static List<Object> of(Step step) {
        List<Object> functions = new ArrayList<>();
        if (step instanceof Step.Map map) {
            functions.add(map.function());
        } else if (step instanceof Step.MapWithKey map) {
            functions.add(map.function());
        } else if (step instanceof Step.Filter filter) {
            functions.add(filter.condition());
        } else if (step instanceof Step.FlatMap flatMap) {
            functions.add(flatMap.function());
        } else if (step instanceof Step.KeyBy keyBy) {
            functions.add(keyBy.selector());
        } else if (step instanceof Step.PartitionBy partitionBy) {
            functions.add(partitionBy.partitioner());
        } else if (step instanceof Step.ForEach forEach) {
            functions.add(forEach.action());
        } else if (step instanceof Step.Window window) {
            functions.add(window.aggregator());
            if (window.firing().triggered() != null) {
                functions.add(window.firing().triggered().factory());
            }
            if (window.output() instanceof WindowOutput.OfWindow output) {
                functions.add(output.function());
            } else if (window.output() instanceof WindowOutput.OfAll output) {
                functions.add(output.function());
            } else if (window.output() instanceof WindowOutput.OfPane output) {
                functions.add(output.function());
            } else if (window.output() instanceof WindowOutput.OfAllOfPane output) {
                functions.add(output.function());
            }
        } else if (step instanceof Step.LookBack lookBack) {
            functions.add(lookBack.aggregator());
            functions.add(lookBack.function());
        } else if (step instanceof Step.Process process) {
            functions.add(process.function().factory());
        } else if (step instanceof Step.CoProcess process) {
            functions.add(process.function().factory());
        } else if (step instanceof Step.BroadcastProcess process) {
            functions.add(process.function().factory());
        } else if (step instanceof Step.Read read) {
            functions.add(read.source());
        } else if (step instanceof Step.Write write) {
            functions.add(write.sink());
        }
        return functions;
    }
}
