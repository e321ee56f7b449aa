package io.headrace.conformance.random;

import io.headrace.conformance.scenario.DescribedEnds;
import io.headrace.conformance.scenario.Determinism;
import io.headrace.conformance.scenario.PipelineText;
import io.headrace.conformance.scenario.ScriptLine;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/** Whether a case has results that can be compared. */
final class Validity {
    private Validity() {}

    /** Returns whether lines make a pipeline whose results are determined. */
    static boolean holds(PipelineText pipeline) {
        try {
            Determinism.of(pipeline);
            pipeline.build(new DescribedEnds()).graph();
            return true;
        } catch (IllegalArgumentException | IllegalStateException refused) {
            return false;
        }
    }

    /**
     * Returns whether every idle split that goes on has come up to the others before, and was not
     * the last of its source: else it is a race how far time goes before all have heard of it.
     */
    static boolean idlesInOrder(RandomCase random) {
        Map<String, Long> watermarks = new HashMap<>();
        Set<String> idle = new HashSet<>();
        Set<String> quiet = new HashSet<>();
        long highest = Long.MIN_VALUE;
        for (ScriptLine line : random.script()) {
            String split = line.source() + "/" + line.split();
            switch (line.action()) {
                case IDLE -> idle.add(split);
                case WATERMARK -> {
                    highest = Math.max(highest, line.number());
                    watermarks.merge(split, line.number(), Math::max);
                }
                default -> {}
            }
            boolean goesOn = line.action() != ScriptLine.Action.IDLE && idle.remove(split);
            long watermark = watermarks.getOrDefault(split, Long.MIN_VALUE);
            if (goesOn && (watermark < highest || quiet.contains(line.source()))) {
                return false;
            }
            if (line.action() == ScriptLine.Action.IDLE && allIdle(random, line.source(), idle)) {
                quiet.add(line.source());
            }
        }
        return true;
    }

    private static boolean allIdle(RandomCase random, String source, Set<String> idle) {
        int splits = PipelineText.splits(random.pipeline().line(source).orElseThrow());
        return IntStream.range(0, splits).allMatch(split -> idle.contains(source + "/" + split));
    }
}
