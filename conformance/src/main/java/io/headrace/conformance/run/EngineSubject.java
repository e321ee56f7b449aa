package io.headrace.conformance.run;

import io.headrace.JobMetrics;
import io.headrace.conformance.scenario.DescribedEnds;
import io.headrace.conformance.scenario.Emission;
import io.headrace.conformance.scenario.PipelineText;
import io.headrace.conformance.scenario.ScriptLine;
import io.headrace.conformance.scenario.StepLine;
import io.headrace.testkit.Emitted;
import io.headrace.testkit.PipelineTester;
import io.headrace.testkit.TestSplit;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Runs pipelines on the embedded engine, in virtual time. */
public final class EngineSubject implements Subject {
    @Override
    public Outcome run(PipelineText pipeline, List<ScriptLine> script, Variation variation) {
        PipelineTester.Setup setup =
                PipelineTester.of(pipeline.build(new DescribedEnds()))
                        .parallelism(variation.parallelisms().get(0))
                        .startingAt(Instant.ofEpochMilli(Script.CLOCK_START));
        if (variation.copied()) {
            setup.copyOperators();
        }
        for (StepLine source : pipeline.of("source")) {
            setup.splits(source.name(), PipelineText.splits(source));
        }
        try (PipelineTester tester = setup.start()) {
            return new Run(tester, pipeline, variation).through(script);
        }
    }

    /** One run. */
    private static final class Run {
        private final PipelineTester tester;
        private final Variation variation;
        private final List<Emission> emissions = new ArrayList<>();

        /** How much of what came to each sink was seen. */
        private final Map<String, Integer> seen = new HashMap<>();

        private int restarts;

        Run(PipelineTester tester, PipelineText pipeline, Variation variation) {
            this.tester = tester;
            this.variation = variation;
            pipeline.of("write").forEach(write -> seen.put(write.name(), 0));
        }

        Outcome through(List<ScriptLine> script) {
            for (int i = 0; i < script.size(); i++) {
                act(script.get(i));
                if (variation.lineByLine()) {
                    collect(i);
                }
                disturb(i + 1);
            }
            collect(script.size() - 1);
            Map<String, Outcome.StepCounts> counts = new HashMap<>();
            for (JobMetrics.StepMetrics step : tester.metrics().steps()) {
                counts.put(step.name(), counted(step));
            }
            return new Outcome(emissions, counts, -1);
        }

        private void act(ScriptLine line) {
            switch (line.action()) {
                case CLOCK -> tester.advanceProcessingTime(Duration.ofMillis(line.number()));
                case CHECKPOINT -> tester.checkpoint();
                case RESTART -> restart((int) line.number());
                case IDLE -> {
                    split(line).idle();
                    tester.settle(); // It had time to become so.
                }
                default -> feed(line, split(line));
            }
        }

        private TestSplit split(ScriptLine line) {
            return tester.source(line.source()).split(Integer.parseInt(line.split()));
        }

        private static void feed(ScriptLine line, TestSplit split) {
            switch (line.action()) {
                case RECORD -> split.record(line.item(), line.number());
                case BROKEN -> split.unreadable("", "broken", Script.BROKEN);
                case WATERMARK -> split.watermark(line.number());
                default -> split.end();
            }
        }

        private void collect(int line) {
            for (Map.Entry<String, Integer> sink : seen.entrySet()) {
                List<Emitted<String>> all = tester.sink(sink.getKey(), String.class).emitted();
                for (Emitted<String> each : all.subList(sink.getValue(), all.size())) {
                    emissions.add(
                            new Emission(
                                    line, sink.getKey(), each.value(), each.timestampMillis()));
                }
                sink.setValue(all.size());
            }
        }

        private void disturb(int lines) {
            if (variation.checkpointEvery() > 0 && lines % variation.checkpointEvery() == 0) {
                tester.checkpoint();
            }
            if (variation.restartEvery() > 0 && lines % variation.restartEvery() == 0) {
                List<Integer> next = variation.parallelisms();
                restart(next.get(++restarts % next.size()));
            }
        }

        private void restart(int parallelism) {
            tester.checkpoint();
            tester.restart(parallelism);
            tester.settle(); // What was idle is so again before anything else comes.
        }

        private static Outcome.StepCounts counted(JobMetrics.StepMetrics step) {
            return new Outcome.StepCounts(
                    step.in(),
                    step.out(),
                    step.late(),
                    step.deadLetters(),
                    step.extra().getOrDefault("droppedTimers", 0L));
        }
    }
}
