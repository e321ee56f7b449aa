package io.headrace.conformance.run;

import io.headrace.conformance.reference.Counts;
import io.headrace.conformance.reference.Reference;
import io.headrace.conformance.reference.Written;
import io.headrace.conformance.scenario.DescribedEnds;
import io.headrace.conformance.scenario.Emission;
import io.headrace.conformance.scenario.PipelineText;
import io.headrace.conformance.scenario.ScriptLine;
import io.headrace.conformance.scenario.StepLine;
import io.headrace.connector.DeadLetter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Runs pipelines on the reference. */
public final class ReferenceSubject implements Subject {
    @Override
    public Outcome run(PipelineText pipeline, List<ScriptLine> script, Variation variation) {
        Map<String, List<String>> splits = new HashMap<>();
        for (StepLine source : pipeline.of("source")) {
            splits.put(
                    source.name(),
                    IntStream.range(0, PipelineText.splits(source))
                            .mapToObj(Integer::toString)
                            .toList());
        }
        Reference reference =
                new Reference(
                        pipeline.buildNaive(new DescribedEnds()).graph(),
                        splits,
                        Script.CLOCK_START);
        List<Emission> emissions = new ArrayList<>();
        long clock = Script.CLOCK_START;
        for (int i = 0; i < script.size(); i++) {
            ScriptLine line = script.get(i);
            if (line.action() == ScriptLine.Action.CLOCK) {
                clock += line.number();
                reference.clock(clock);
            } else {
                tell(reference, line);
            }
            List<Written> written = reference.written();
            for (Written each : written.subList(emissions.size(), written.size())) {
                emissions.add(
                        new Emission(i, each.sink(), (String) each.value(), each.timestamp()));
            }
        }
        Map<String, Outcome.StepCounts> counts = new HashMap<>();
        reference.counts().forEach((step, each) -> counts.put(step, counted(each)));
        long firings = reference.counts().values().stream().mapToLong(Counts::firings).sum();
        return new Outcome(emissions, counts, firings);
    }

    private static void tell(Reference reference, ScriptLine line) {
        switch (line.action()) {
            case RECORD ->
                    reference.record(line.source(), line.split(), line.item(), line.number());
            case BROKEN ->
                    reference.deadLetter(
                            line.source(),
                            new DeadLetter(
                                    line.source(), line.split(), "", "broken", Script.BROKEN));
            case WATERMARK -> reference.watermark(line.source(), line.split(), line.number());
            case IDLE -> reference.idle(line.source(), line.split());
            case END -> reference.end(line.source(), line.split());
            default -> {} // What makes no difference.
        }
    }

    private static Outcome.StepCounts counted(Counts counts) {
        return new Outcome.StepCounts(
                counts.in(),
                counts.out(),
                counts.late(),
                counts.deadLetters(),
                counts.droppedTimers());
    }
}
