package io.headrace.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.conformance.random.RandomCase;
import io.headrace.conformance.random.Shrinker;
import io.headrace.conformance.run.Conformance;
import io.headrace.conformance.run.Outcome;
import io.headrace.conformance.run.ReferenceSubject;
import io.headrace.conformance.run.Subject;
import io.headrace.conformance.scenario.Emission;
import io.headrace.conformance.scenario.PipelineText;
import io.headrace.conformance.scenario.Scenario;
import io.headrace.conformance.scenario.ScriptLine;
import io.headrace.conformance.scenario.ScriptLine.Action;
import io.headrace.conformance.scenario.StepLine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Gives the suite subjects that are wrong in one way each: the reference, told something else. */
class ConformanceCanFailTest {
    private static final int SEEDS_MAX = 1_000;
    private static final int SHRUNK_LINES_MAX = 6;

    static Stream<Arguments> wrongSubjects() {
        return Stream.of(
                script("fires 1 ms late", line -> watermark(line, -1)),
                script("fires 1 ms early", line -> watermark(line, 1)),
                script("takes idle splits for active", line -> drop(line, Action.IDLE)),
                script("forgets to end", line -> drop(line, Action.END)),
                script("loses what is broken", line -> drop(line, Action.BROKEN)),
                script("has a slow clock", line -> drop(line, Action.CLOCK)),
                steps("keeps windows 1 ms longer", "window", line -> longer(line, "lateness", 1)),
                steps("puts windows elsewhere", "window", line -> longer(line, "offset", 1)),
                steps("looks back too far", "lookBack", line -> line.with("widths", "61")),
                steps("does not wait for time", "lookBack", line -> line.with("eager", "yes")),
                steps("keys by the number", "keyBy", line -> line.with("by", "number")),
                steps(
                        "remembers repetitions 1 ms longer",
                        "deduplicate",
                        line -> line.with("within", line.number("within", 50) + 1 + "")),
                steps(
                        "counts repetitions",
                        "running",
                        line -> replacing(line, "distinct", "count")),
                steps("sums what it should count", "window", ConformanceCanFailTest::summing));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("wrongSubjects")
    void findsASubjectThat(String mistake, Subject wrong) throws IOException {
        Conformance conformance = new Conformance(wrong);

        List<Path> found =
                ConformanceTest.scenarios().stream()
                        .filter(file -> conformance.difference(read(file)).isPresent())
                        .toList();
        long seed =
                LongStream.range(0, SEEDS_MAX)
                        .filter(each -> differs(conformance, RandomCase.of(each), each))
                        .findFirst()
                        .orElseThrow();
        RandomCase shrunk =
                new Shrinker(each -> differs(conformance, each, seed)).shrink(RandomCase.of(seed));

        assertThat(found).as("scenarios that find it").isNotEmpty();
        assertThat(shrunk.script()).hasSizeLessThanOrEqualTo(SHRUNK_LINES_MAX);
    }

    @Test
    void findsALateRecordThatIsNotCounted() {
        Subject forgetful =
                (pipeline, script, variation) -> {
                    Outcome said = new ReferenceSubject().run(pipeline, script, variation);
                    List<Emission> without =
                            said.emissions().stream()
                                    .filter(each -> !each.sink().equals("late"))
                                    .toList();
                    return new Outcome(without, said.counts(), said.firings());
                };

        boolean found =
                LongStream.range(0, 100)
                        .anyMatch(
                                seed ->
                                        new Conformance(forgetful)
                                                .differenceToCountedIn(seed)
                                                .isPresent());

        assertThat(found).isTrue();
    }

    private static boolean differs(Conformance conformance, RandomCase random, long seed) {
        return conformance.difference(random, seed).isPresent();
    }

    private static Scenario read(Path file) {
        try {
            return Scenario.parse(Files.readString(file));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static Arguments script(String name, UnaryOperator<ScriptLine> change) {
        Subject wrong =
                (pipeline, script, variation) ->
                        new ReferenceSubject()
                                .run(pipeline, script.stream().map(change).toList(), variation);
        return Arguments.of(name, wrong);
    }

    private static ScriptLine watermark(ScriptLine line, int later) {
        return line.action() == Action.WATERMARK
                ? new ScriptLine(
                        line.action(), line.source(), line.split(), line.number() + later, null)
                : line;
    }

    /** Puts something that makes no difference into the place of a line. */
    private static ScriptLine drop(ScriptLine line, Action dropped) {
        return line.action() == dropped ? ScriptLine.of(Action.CHECKPOINT, 0) : line;
    }

    private static Arguments steps(String name, String operator, UnaryOperator<StepLine> change) {
        Subject wrong =
                (pipeline, script, variation) -> {
                    List<StepLine> lines =
                            pipeline.lines().stream()
                                    .map(line -> changed(line, operator, change))
                                    .toList();
                    return new ReferenceSubject().run(new PipelineText(lines), script, variation);
                };
        return Arguments.of(name, wrong);
    }

    private static StepLine changed(
            StepLine line, String operator, UnaryOperator<StepLine> change) {
        return line.operator().equals(operator) ? change.apply(line) : line;
    }

    private static StepLine longer(StepLine line, String option, int millis) {
        long size = line.number("size", 100);
        long value = line.number(option, 0) + millis;
        return line.with(option, Long.toString(option.equals("offset") ? value % size : value));
    }

    private static StepLine summing(StepLine line) {
        return replacing(line, "count", "sum");
    }

    private static StepLine replacing(StepLine line, String aggregate, String wrong) {
        return line.option("aggregate").equals(aggregate) ? line.with("aggregate", wrong) : line;
    }
}
