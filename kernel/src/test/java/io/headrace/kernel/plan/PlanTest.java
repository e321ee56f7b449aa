package io.headrace.kernel.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headrace.Aggregates;
import io.headrace.BroadcastStream;
import io.headrace.DataStream;
import io.headrace.KeyRange;
import io.headrace.KeyedStream;
import io.headrace.Pipeline;
import io.headrace.WindowedStream;
import io.headrace.Windows;
import io.headrace.connector.DeadLetter;
import io.headrace.function.Aggregator;
import io.headrace.function.BroadcastProcessFunction;
import io.headrace.function.CoProcessFunction;
import io.headrace.function.Context;
import io.headrace.function.ControlContext;
import io.headrace.function.Output;
import io.headrace.function.ProcessFunction;
import io.headrace.function.Side;
import io.headrace.graph.Step;
import io.headrace.state.TimeDomain;
import io.headrace.type.Type;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class PlanTest {
    private static final Type<String> STRING = Type.of(String.class);

    private static DataStream<String> read(Pipeline pipeline, String name) {
        return pipeline.readFrom(new FakeSource(name));
    }

    private static Pipeline counts() {
        Pipeline pipeline = Pipeline.create("counts");
        read(pipeline, "words")
                .filter(word -> !word.isEmpty())
                .keyBy(word -> word, STRING)
                .window(Windows.tumbling(Duration.ofMinutes(1)))
                .aggregate("per-minute", Aggregates.count())
                .forEach(count -> {});
        return pipeline;
    }

    @Test
    void runsEverythingInOneChainAtParallelism1() {
        Plan plan = Plan.of(counts().graph(), 1);

        assertThat(plan.explain())
                .isEqualTo(
                        """
                        pipeline counts: 1 chain, 128 key groups
                        chain 0 × 1
                          read words : java.lang.String
                          filter filter-1 : java.lang.String  ← words
                          key-by key-by-2 : java.lang.String  ← filter-1
                          window per-minute : java.lang.Long  ← key-by-2
                            series slices : codec "agg.count" 1
                            timer window : event time
                            allowedLateness=PT0S
                            offset=PT0S
                            size=PT1M
                            slide=PT1M
                          for-each for-each-4  ← per-minute
                        """);
    }

    /** Declares what a function can keep. */
    static final class Keeping extends ProcessFunction<String, String, String> {
        Keeping() {
            expireAfter(Duration.ofHours(1), TimeDomain.PROCESSING_TIME);
            reducingState("longest", Integer.class, Math::max);
            aggregatingState("count", Aggregates.count());
            timeSeries("recent", String.class);
            eventTimeTimer("flush");
        }

        @Override
        public void process(String word, Context<String> context, Output<String> out) {}
    }

    @Test
    void explainsWhatAFunctionKeepsAndHowLong() {
        Pipeline pipeline = Pipeline.create("words");
        read(pipeline, "words")
                .keyBy(word -> word, STRING)
                .process("keeping", Keeping::new)
                .forEach(word -> {});

        assertThat(Plan.of(pipeline.graph(), 1).explain())
                .isEqualTo(
                        """
                        pipeline words: 1 chain, 128 key groups
                        chain 0 × 1
                          read words : java.lang.String
                          key-by key-by-1 : java.lang.String  ← words
                          process keeping : java.lang.String  ← key-by-1
                            value longest : INT
                            accumulator count : codec "agg.count" 1
                            series recent : STRING
                            timer flush : event time
                            timer time to live : processing time
                            timeToLive=PT1H
                          for-each for-each-3  ← keeping
                        """);
    }

    @Test
    void cutsBeforeKeyByAtParallelism2() {
        Plan plan = Plan.of(counts().graph(), 2);

        assertThat(plan.explain())
                .isEqualTo(
                        """
                        pipeline counts: 2 chains, 128 key groups
                        chain 0 × 2
                          read words : java.lang.String
                          filter filter-1 : java.lang.String  ← words
                        chain 1 × 2
                          key-by key-by-2 : java.lang.String  ← filter-1 [hash, two phases]
                          window per-minute : java.lang.Long  ← key-by-2
                            series slices : codec "agg.count" 1
                            timer window : event time
                            allowedLateness=PT0S
                            offset=PT0S
                            size=PT1M
                            slide=PT1M
                          for-each for-each-4  ← per-minute
                        """);
    }

    private static KeyedStream<String, String> keyedWords(Pipeline pipeline) {
        return read(pipeline, "words").keyBy(word -> word, STRING);
    }

    /** Returns which edges of a pipeline have a local half before them, at parallelism 4. */
    private static List<String> twoPhases(Pipeline pipeline) {
        Plan plan = Plan.of(pipeline.graph(), 4);
        return plan.edges().stream()
                .flatMap(edge -> plan.localAggregate(edge).stream())
                .map(Step.Window::name)
                .toList();
    }

    private static final Windows MINUTES = Windows.tumbling(Duration.ofMinutes(1));

    private static List<String> twoPhases(
            UnaryOperator<WindowedStream<String, String>> setting,
            Windows windows,
            Aggregator<? super String, ?, ?> aggregator) {
        Pipeline pipeline = Pipeline.create("phases");
        setting.apply(keyedWords(pipeline).window(windows))
                .aggregate("window", aggregator)
                .forEach(result -> {});
        return twoPhases(pipeline);
    }

    @Test
    void plansWindowsInTwoPhasesWhereNobodyCanTell() {
        Windows hopping = Windows.hopping(Duration.ofMinutes(2), Duration.ofMinutes(1));
        Windows days = Windows.days(ZoneId.of("Europe/Berlin"));

        for (Windows windows : List.of(MINUTES, hopping, days)) {
            assertThat(twoPhases(all -> all, windows, Aggregates.count()))
                    .containsExactly("window");
        }
    }

    @Test
    void plansWindowsInOnePhaseWhereSomebodyCouldTell() {
        assertThat(twoPhases(WindowedStream::inOnePhase, MINUTES, Aggregates.count())).isEmpty();
        assertThat(twoPhases(WindowedStream::discarding, MINUTES, Aggregates.count())).isEmpty();
        assertThat(
                        twoPhases(
                                all -> all.allowedLateness(Duration.ofSeconds(1)),
                                MINUTES,
                                Aggregates.count()))
                .isEmpty();
        assertThat(
                        twoPhases(
                                all -> all.lateTo(Side.of("late", String.class)),
                                MINUTES,
                                Aggregates.count()))
                .isEmpty();
        assertThat(twoPhases(all -> all, MINUTES, Aggregates.sumDouble(String::length))).isEmpty();
        assertThat(
                        twoPhases(
                                all -> all,
                                MINUTES,
                                Aggregates.combined(
                                        Aggregates.count(),
                                        Aggregates.sumDouble(String::length),
                                        (Long count, Double sum) -> sum / count)))
                .isEmpty();
        for (Windows windows :
                List.of(
                        Windows.session(Duration.ofMinutes(1)),
                        Windows.count(3),
                        Windows.global())) {
            assertThat(twoPhases(all -> all, windows, Aggregates.count())).isEmpty();
        }
    }

    @Test
    void plansOnePhaseIfAnotherStepReadsTheKeyedStreamOrStandsBetween() {
        Pipeline shared = Pipeline.create("shared");
        KeyedStream<String, String> keyed = keyedWords(shared);
        keyed.window(MINUTES).aggregate("window", Aggregates.count()).forEach(count -> {});
        keyed.forEach(word -> {});
        Pipeline between = Pipeline.create("between");
        keyedWords(between)
                .filter(word -> true)
                .window(MINUTES)
                .aggregate("window", Aggregates.count())
                .forEach(count -> {});

        assertThat(twoPhases(shared)).isEmpty();
        assertThat(twoPhases(between)).isEmpty();
    }

    @Test
    void plansOnePhaseBehindFewerSubtasks() {
        Pipeline pipeline = Pipeline.create("narrow");
        read(pipeline, "words")
                .parallelism(1)
                .keyBy(word -> word, STRING)
                .window(MINUTES)
                .aggregate("window", Aggregates.count())
                .forEach(count -> {});

        assertThat(twoPhases(pipeline)).isEmpty();
    }

    private static String fingerprint(UnaryOperator<WindowedStream<String, String>> setting) {
        Pipeline pipeline = Pipeline.create("counts");
        setting.apply(keyedWords(pipeline).window(MINUTES))
                .aggregate("window", Aggregates.count())
                .forEach(count -> {});
        return Fingerprint.of(pipeline.graph());
    }

    @Test
    void hasOneFingerprintInOneAndInTwoPhases() {
        assertThat(fingerprint(WindowedStream::inOnePhase)).isEqualTo(fingerprint(all -> all));
    }

    @Test
    void bringsTwoSourcesTogetherInAChainOfTheirOwn() {
        Pipeline pipeline = Pipeline.create("merged");
        read(pipeline, "first").merge(read(pipeline, "second")).forEach(word -> {});

        Plan plan = Plan.of(pipeline.graph(), 2);

        assertThat(plan.explain())
                .isEqualTo(
                        """
                        pipeline merged: 3 chains, 128 key groups
                        chain 0 × 2
                          read first : java.lang.String
                        chain 1 × 2
                          read second : java.lang.String
                        chain 2 × 2
                          merge merge-2 : java.lang.String  ← first [forward], second [forward]
                          for-each for-each-3  ← merge-2
                        """);
    }

    @Test
    void keepsBranchesOfOneChainTogetherUntilTheyMergeAgain() {
        Pipeline pipeline = Pipeline.create("diamond");
        DataStream<String> words = read(pipeline, "words");
        DataStream<String> upper = words.map(String::toUpperCase);
        words.map(String::toLowerCase).merge(upper).forEach(word -> {});

        Plan plan = Plan.of(pipeline.graph(), 2);

        assertThat(plan.explain())
                .isEqualTo(
                        """
                        pipeline diamond: 1 chain, 128 key groups
                        chain 0 × 2
                          read words : java.lang.String
                          map map-1 : java.lang.String  ← words
                          map map-2 : java.lang.String  ← words
                          merge merge-3 : java.lang.String  ← map-2, map-1
                          for-each for-each-4  ← merge-3
                        """);
    }

    @Test
    void collectsTheDeadLettersOfEveryStepThatCanHaveSome() {
        Pipeline pipeline = Pipeline.create("letters");
        DataStream<DeadLetter> letters = pipeline.deadLetters();
        read(pipeline, "words").keyBy(word -> word, STRING).forEach(word -> {});
        letters.map(DeadLetter::reason).forEach(reason -> {});

        Plan plan = Plan.of(pipeline.graph(), 2);

        assertThat(plan.explain())
                .isEqualTo(
                        """
                        pipeline letters: 3 chains, 128 key groups
                        chain 0 × 2
                          read words : java.lang.String
                        chain 1 × 2
                          key-by key-by-2 : java.lang.String  ← words [hash]
                          for-each for-each-3  ← key-by-2
                        chain 2 × 1
                          dead-letters dead-letters : io.headrace.connector.DeadLetter  ←\
                         words (dead letters) [rebalance]\
                        , key-by-2 (dead letters) [rebalance]
                          map map-4 : java.lang.String  ← dead-letters
                          for-each for-each-5  ← map-4
                        """);
    }

    @Test
    void cutsWhereTheParallelismChangesAndBeforeARebalance() {
        Pipeline pipeline = Pipeline.create("widths");
        read(pipeline, "words")
                .parallelism(1)
                .rebalance()
                .map(String::trim)
                .parallelism(4)
                .forEach(word -> {});

        Plan plan = Plan.of(pipeline.graph(), 2);

        assertThat(plan.explain())
                .isEqualTo(
                        """
                        pipeline widths: 3 chains, 128 key groups
                        chain 0 × 1
                          read words : java.lang.String
                        chain 1 × 2
                          rebalance rebalance-1 : java.lang.String  ← words [rebalance]
                        chain 2 × 4
                          map map-2 : java.lang.String  ← rebalance-1 [rebalance]
                          for-each for-each-3  ← map-2
                        """);
    }

    @Test
    void showsRangesAndWhereTheyBegin() {
        Pipeline pipeline = Pipeline.create("ranges");
        read(pipeline, "words")
                .partitionByRange(word -> word, List.of("g", "p"))
                .process("count", OfRange::new)
                .forEach(word -> {});

        assertThat(Plan.of(pipeline.graph(), 2).explain())
                .isEqualTo(
                        """
                        pipeline ranges: 2 chains, 128 key groups
                        chain 0 × 2
                          read words : java.lang.String
                        chain 1 × 2
                          key-by partition-by-range-1 : java.lang.String  ← words [range]
                          process count : java.lang.String  ← partition-by-range-1
                            ranges=g, p
                          for-each for-each-3  ← count
                        """);
    }

    /** Does nothing with a range. */
    static final class OfRange extends ProcessFunction<KeyRange, String, String> {
        @Override
        public void process(String value, Context<KeyRange> context, Output<String> out) {}
    }

    @Test
    void cutsBeforeAFunctionThatChoosesSubtasksUnlessThereIsOne() {
        Pipeline pipeline = Pipeline.create("apart");
        read(pipeline, "words")
                .partitionBy((word, subtasks) -> word.length() % subtasks)
                .map(String::trim)
                .partitionBy((word, subtasks) -> 0)
                .parallelism(1)
                .forEach(word -> {});

        assertThat(Plan.of(pipeline.graph(), 2).explain())
                .isEqualTo(
                        """
                        pipeline apart: 3 chains, 128 key groups
                        chain 0 × 2
                          read words : java.lang.String
                        chain 1 × 2
                          partition-by partition-by-1 : java.lang.String  ← words [custom]
                          map map-2 : java.lang.String  ← partition-by-1
                        chain 2 × 1
                          partition-by partition-by-3 : java.lang.String  ← map-2 [rebalance]
                          for-each for-each-4  ← partition-by-3
                        """);
        assertThat(Plan.of(pipeline.graph(), 1).chains()).hasSize(1);
    }

    /** Does nothing. */
    static final class Nothing extends ProcessFunction<String, String, String> {
        @Override
        public void process(String value, Context<String> context, Output<String> out) {}
    }

    @Test
    void refusesToSpreadTheRecordsOfAKeyBeforeAStepThatNeedsThemTogether() {
        Pipeline pipeline = Pipeline.create("spread");
        KeyedStream<String, String> keyed =
                read(pipeline, "words").keyBy(word -> word, STRING).map(String::trim);
        keyed.unkeyed().parallelism(3);
        keyed.process("count", Nothing::new).forEach(word -> {});

        assertThatThrownBy(() -> Plan.of(pipeline.graph(), 2))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("step count")
                .hasMessageContaining("parallelism 2")
                .hasMessageContaining("set parallelism right behind keyBy");
    }

    /** Keeps rules. */
    static final class Ruled extends BroadcastProcessFunction<String, String, String, String> {
        Ruled() {
            broadcastState("rules", String.class, Long.class);
            eventTimeTimer("flush");
        }

        @Override
        public void process(String value, Context<String> context, Output<String> out) {}

        @Override
        public void processControl(String control, ControlContext context) {}
    }

    @Test
    void bringsRulesToEverySubtaskOfTheChainOfTheKey() {
        Pipeline pipeline = Pipeline.create("ruled");
        BroadcastStream<String> rules = read(pipeline, "rules").broadcast();
        read(pipeline, "words")
                .keyBy(word -> word, STRING)
                .connect(rules)
                .process("see", Ruled::new)
                .forEach(word -> {});

        assertThat(Plan.of(pipeline.graph(), 2).explain())
                .isEqualTo(
                        """
                        pipeline ruled: 4 chains, 128 key groups
                        chain 0 × 2
                          read rules : java.lang.String
                        chain 1 × 1
                          broadcast broadcast-1 : java.lang.String  ← rules [rebalance]
                        chain 2 × 2
                          read words : java.lang.String
                        chain 3 × 2
                          key-by key-by-3 : java.lang.String  ← words [hash]
                          broadcast-process see : java.lang.String  ← key-by-3, \
                        broadcast-1 [broadcast]
                            series records that wait : STRING
                            broadcast rules : STRING → LONG
                            timer records that wait : event time
                            timer flush : event time
                          for-each for-each-5  ← see
                        """);
    }

    /** Does nothing with two inputs. */
    static final class NothingOfTwo extends CoProcessFunction<String, String, String, String> {
        @Override
        public void processFirst(String value, Context<String> context, Output<String> out) {}

        @Override
        public void processSecond(String value, Context<String> context, Output<String> out) {}
    }

    private static Pipeline connected(int parallelismOfSecond) {
        Pipeline pipeline = Pipeline.create("connected");
        KeyedStream<String, String> first =
                read(pipeline, "first").keyBy(word -> word, STRING).map(String::trim);
        KeyedStream<String, String> second = read(pipeline, "second").keyBy(word -> word, STRING);
        if (parallelismOfSecond > 0) {
            second = second.parallelism(parallelismOfSecond);
        }
        first.connect(second).process("both", NothingOfTwo::new).forEach(word -> {});
        return pipeline;
    }

    @Test
    void putsKeysThatMeetIntoOneChainBehindAllThatTheyTakeFrom() {
        Plan plan = Plan.of(connected(3).graph(), 2);

        assertThat(plan.explain())
                .isEqualTo(
                        """
                        pipeline connected: 3 chains, 128 key groups
                        chain 0 × 2
                          read first : java.lang.String
                        chain 1 × 2
                          read second : java.lang.String
                        chain 2 × 3
                          key-by key-by-1 : java.lang.String  ← first [hash]
                          map map-2 : java.lang.String  ← key-by-1
                          key-by key-by-4 : java.lang.String  ← second [hash]
                          co-process both : java.lang.String  ← map-2, key-by-4
                          for-each for-each-6  ← both
                        """);
    }

    @Test
    void bringsKeysOfTwoSourcesTogetherAtParallelism1() {
        Plan plan = Plan.of(connected(0).graph(), 1);

        assertThat(plan.chains()).extracting(PlannedChain::parallelism).containsExactly(1, 1, 1);
        assertThat(plan.edges())
                .extracting(PlannedEdge::partitioning)
                .containsExactly(Partitioning.FORWARD, Partitioning.FORWARD);
        assertThat(plan.keyed(plan.graph().step(5))).as("the result has the key").isTrue();
        assertThat(plan.keyed(plan.graph().step(6))).as("and passes it on").isTrue();
    }

    @Test
    void connectsBranchesOfOneSourceWithoutAnExchangeAtParallelism1() {
        Pipeline pipeline = Pipeline.create("branches");
        DataStream<String> words = read(pipeline, "words");
        words.keyBy(word -> word, STRING)
                .connect(words.filter(String::isEmpty).keyBy(word -> word, STRING))
                .process("both", NothingOfTwo::new)
                .forEach(word -> {});

        assertThat(Plan.of(pipeline.graph(), 1).chains()).hasSize(1);
        assertThat(Plan.of(pipeline.graph(), 2).chains()).hasSize(2);
    }

    @Test
    void broadcastsFromOneSubtaskToAll() {
        Pipeline pipeline = Pipeline.create("rules");
        DataStream<String> all = read(pipeline, "rules").broadcast();
        all.forEach(rule -> {});
        all.map(String::trim).parallelism(1).forEach(rule -> {});

        Plan plan = Plan.of(pipeline.graph(), 2);

        assertThat(plan.explain())
                .isEqualTo(
                        """
                        pipeline rules: 3 chains, 128 key groups
                        chain 0 × 2
                          read rules : java.lang.String
                        chain 1 × 1
                          broadcast broadcast-1 : java.lang.String  ← rules [rebalance]
                          map map-3 : java.lang.String  ← broadcast-1
                          for-each for-each-4  ← map-3
                        chain 2 × 2
                          for-each for-each-2  ← broadcast-1 [broadcast]
                        """);
    }

    @Test
    void knowsWhichChainsIdleAsOne() {
        Plan single = Plan.of(counts().graph(), 1);
        Plan several = Plan.of(counts().graph(), 2);

        assertThat(single.idlesAsOne(single.chains().get(0))).isTrue();
        assertThat(several.idlesAsOne(several.chains().get(0))).as("reads splits").isFalse();
        assertThat(several.idlesAsOne(several.chains().get(1))).as("behind a hash").isTrue();
    }

    @Test
    void doesNotIdleAsOneBehindSourcesThatAreForwarded() {
        Pipeline pipeline = Pipeline.create("merged");
        read(pipeline, "first").merge(read(pipeline, "second")).forEach(word -> {});

        Plan plan = Plan.of(pipeline.graph(), 2);

        assertThat(plan.idlesAsOne(plan.chains().get(2))).isFalse();
    }

    @Test
    void knowsWhichStepsHaveAKey() {
        Plan plan = Plan.of(counts().graph(), 2);

        assertThat(plan.graph().steps())
                .filteredOn(plan::keyed)
                .extracting(step -> step.name())
                .containsExactly("per-minute", "for-each-4");
    }

    @Test
    void hasAFingerprintThatParallelismDoesNotChange() {
        Pipeline wider = counts().parallelism(7);

        assertThat(Fingerprint.of(wider.graph())).isEqualTo(Fingerprint.of(counts().graph()));
    }
}
