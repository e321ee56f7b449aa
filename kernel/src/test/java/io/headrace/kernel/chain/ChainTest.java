package io.headrace.kernel.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headrace.connector.ConnectorException;
import io.headrace.connector.PieceOut;
import io.headrace.connector.SinkWriter;
import io.headrace.function.FlatMapFn;
import io.headrace.kernel.codec.KeyHash;
import io.headrace.kernel.function.FlatMapOperator;
import io.headrace.kernel.function.KeyByOperator;
import io.headrace.kernel.function.MapWithKeyOperator;
import io.headrace.kernel.function.WriteOperator;
import io.headrace.type.Type;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChainTest {
    private static final KeyHash STRINGS = KeyHash.of(Type.of(String.class));

    private final List<String> log = new ArrayList<>();
    private final KeySlot slot = new KeySlot();

    /** Writes down what it sees; each watermark gives it a number of slices of work. */
    private final class Logging extends Operator {
        private final String name;
        private final int slices;
        private int left;
        private int preparations;

        Logging(String name, int slices) {
            this.name = name;
            this.slices = slices;
        }

        @Override
        public void emit(Object value, long timestamp) {
            process(0, value, timestamp);
        }

        @Override
        public void process(int input, Object value, long timestamp) {
            log.add(name + input + " " + value);
            out.emit(value, timestamp);
        }

        @Override
        public long onWatermark(long combined) {
            log.add(name + " watermark " + combined);
            left = slices;
            return combined;
        }

        @Override
        public boolean work(int budget) {
            if (left == 0) {
                return false;
            }
            left--;
            log.add(name + " works");
            out.emit("from " + name, watermark);
            return left > 0;
        }

        @Override
        public boolean prepareBarrier(PieceOut pieces) {
            preparations++;
            log.add(name + " prepares");
            return preparations > slices;
        }
    }

    private final class LoggingEdge implements Edge {
        @Override
        public void watermark(long watermark) {
            log.add("edge watermark " + watermark);
        }

        @Override
        public void idle(long reached) {
            log.add("edge idle");
        }

        @Override
        public void active() {
            log.add("edge active");
        }

        @Override
        public void emit(Object value, long timestamp) {
            log.add("edge " + value);
        }
    }

    private Operator opened(Operator operator) {
        operator.open(new OperatorContext("step", null, slot, null));
        return operator;
    }

    private static Chain chain(Operator[] operators, int[][] inputs, Edge edge, int ends) {
        Edge[][] edges = new Edge[operators.length][];
        for (int i = 0; i < edges.length; i++) {
            edges[i] = i == operators.length - 1 ? new Edge[] {edge} : new Edge[0];
        }
        operators[operators.length - 1].connect(edge);
        Port[] entries = new Port[ends];
        for (int i = 0; i < ends; i++) {
            entries[i] = operators[i];
        }
        return new Chain(new ChainWiring(operators, inputs, entries, edges));
    }

    /** a → b → d and a → c → d, all in one chain. */
    private Chain diamond(int slices) {
        Operator a = opened(new Logging("a", 0));
        Operator b = opened(new Logging("b", slices));
        Operator c = opened(new Logging("c", slices));
        Operator d = opened(new Logging("d", 0));
        a.connect(FanOut.of(slot, b, c));
        b.connect(d);
        c.connect((value, timestamp) -> d.process(1, value, timestamp));
        return chain(
                new Operator[] {a, b, c, d},
                new int[][] {{~0}, {0}, {0}, {1, 2}},
                new LoggingEdge(),
                1);
    }

    @Test
    void showsAWatermarkToTheEndOfADiamondOnceAllBranchesAreDone() {
        Chain chain = diamond(2);

        int calls = 1;
        boolean done = chain.watermark(0, 10, 1);
        while (!done) {
            done = chain.advance(1);
            calls++;
        }

        assertThat(calls).isEqualTo(3);
        assertThat(log)
                .containsExactly(
                        "a watermark 10",
                        "b watermark 10",
                        "b works",
                        "d0 from b",
                        "edge from b",
                        "b works",
                        "d0 from b",
                        "edge from b",
                        "c watermark 10",
                        "c works",
                        "d1 from c",
                        "edge from c",
                        "c works",
                        "d1 from c",
                        "edge from c",
                        "d watermark 10",
                        "edge watermark 10");
    }

    @Test
    void repeatsNoWatermark() {
        Chain chain = diamond(0);
        chain.watermark(0, 10, 1);
        log.clear();

        chain.watermark(0, 10, 1);

        assertThat(log).isEmpty();
    }

    @Test
    void waitsWithABarrierForWorkAndForEveryOperator() {
        Chain chain = diamond(1);
        chain.watermark(0, 10, 1);
        log.clear();
        PieceOut[] pieces = new PieceOut[4];

        int calls = 1;
        while (!chain.prepareBarrier(1, pieces)) {
            calls++;
        }

        assertThat(calls).isEqualTo(3);
        assertThat(log)
                .containsExactly(
                        "a prepares",
                        "b prepares",
                        "b prepares",
                        "c prepares",
                        "c prepares",
                        "d prepares");
    }

    private Chain twoInputs() {
        Operator merge = opened(new Logging("m", 0));
        Edge edge = new LoggingEdge();
        merge.connect(edge);
        return new Chain(
                new ChainWiring(
                        new Operator[] {merge},
                        new int[][] {{~0, ~1}},
                        new Port[] {merge, merge},
                        new Edge[][] {{edge}}));
    }

    @Test
    void takesTheSmallestWatermarkOfItsInputs() {
        Chain chain = twoInputs();

        chain.watermark(0, 10, 1);
        chain.watermark(1, 7, 1);
        chain.watermark(1, 20, 1);

        assertThat(log)
                .containsExactly(
                        "m watermark 7", "edge watermark 7", "m watermark 10", "edge watermark 10");
    }

    @Test
    void isNotHeldBackByAnIdleInput() {
        Chain chain = twoInputs();
        chain.watermark(0, 10, 1);

        chain.idle(1, Long.MIN_VALUE, 1);
        chain.idle(0, 10, 1);

        assertThat(log).containsExactly("m watermark 10", "edge watermark 10", "edge idle");
        assertThat(chain.idle(0)).isTrue();
    }

    @Test
    void isAtTheFurthestOfItsInputsWhenAllAreIdle() {
        Chain chain = twoInputs();
        chain.watermark(0, 10, 1);

        chain.idle(1, 20, 1);
        List<String> whileOneIsActive = List.copyOf(log);
        chain.idle(0, 10, 1);

        assertThat(whileOneIsActive).containsExactly("m watermark 10", "edge watermark 10");
        assertThat(log.subList(2, 5))
                .containsExactly("m watermark 20", "edge watermark 20", "edge idle");
    }

    @Test
    void isAtTheTimeOfItsIdleInputWhenTheOtherHasEnded() {
        Chain chain = twoInputs();
        chain.watermark(1, 5, 1);
        chain.idle(0, 10, 1);

        chain.watermark(1, Long.MAX_VALUE, 1);

        assertThat(log)
                .containsExactly(
                        "m watermark 5",
                        "edge watermark 5",
                        "m watermark 10",
                        "edge watermark 10",
                        "edge idle");
    }

    @Test
    void doesNotEndTimeWhileAnInputIsOnlyIdle() {
        Chain chain = twoInputs();
        chain.idle(1, Long.MIN_VALUE, 1);

        chain.watermark(0, Long.MAX_VALUE, 1);
        List<String> whileIdle = List.copyOf(log);
        chain.watermark(1, 5, 1);

        assertThat(whileIdle).containsExactly("edge idle");
        assertThat(log)
                .containsExactly("edge idle", "m watermark 5", "edge watermark 5", "edge active");
    }

    @Test
    void isIdleWhenAllThatHasNotEndedIsIdle() {
        Chain chain = twoInputs();

        chain.watermark(0, Long.MAX_VALUE, 1);
        boolean beforehand = chain.idle(0);
        chain.idle(1, Long.MIN_VALUE, 1);
        boolean idle = chain.idle(0);
        chain.watermark(1, Long.MAX_VALUE, 1);

        assertThat(beforehand).isFalse();
        assertThat(idle).isTrue();
        assertThat(chain.idle(0)).as("idle at the end").isFalse();
    }

    /** m takes input 0, n takes input 1, both takes what comes out of them. */
    private Chain twoHeads() {
        Operator first = opened(new Ending("m"));
        Operator second = opened(new Ending("n"));
        Operator both = opened(new Ending("b"));
        return new Chain(
                new ChainWiring(
                        new Operator[] {first, second, both},
                        new int[][] {{~0}, {~1}, {0, 1}},
                        new Port[] {first, second},
                        new Edge[][] {{new LoggingEdge()}, {}, {}}));
    }

    /** Writes down that its input has ended. */
    private final class Ending extends Operator {
        private final String name;

        Ending(String name) {
            this.name = name;
        }

        @Override
        public void emit(Object value, long timestamp) {
            process(0, value, timestamp);
        }

        @Override
        public void process(int input, Object value, long timestamp) {}

        @Override
        public void onEnd() {
            log.add(name + " ends");
        }
    }

    @Test
    void endsAnOperatorWhoseInputsHaveEndedThoughOthersGoOn() {
        Chain chain = twoHeads();

        chain.watermark(0, Long.MAX_VALUE, 1);
        List<String> first = List.copyOf(log);
        chain.watermark(1, Long.MAX_VALUE, 1);

        assertThat(first).containsExactly("m ends", "edge watermark " + Long.MAX_VALUE);
        assertThat(log.subList(2, 4)).containsExactly("n ends", "b ends");
    }

    @Test
    void tellsAnEdgeThatTheOperatorBeforeItIsIdleThoughOthersAreNot() {
        Chain chain = twoHeads();
        chain.watermark(1, 10, 1);

        chain.idle(0, Long.MIN_VALUE, 1);
        List<String> first = List.copyOf(log);
        chain.watermark(0, 20, 1);

        assertThat(first).containsExactly("edge idle");
        assertThat(log).containsExactly("edge idle", "edge watermark 20", "edge active");
    }

    @Test
    void isNotHeldBackByAStepOfWhichOneInputHasEndedAndTheOtherIsIdle() {
        Operator merge = opened(new Logging("m", 0));
        Operator behind = opened(new Logging("n", 0));
        Chain chain =
                new Chain(
                        new ChainWiring(
                                new Operator[] {merge, behind},
                                new int[][] {{~0, ~1}, {0, ~2}},
                                new Port[] {merge, merge, behind},
                                new Edge[][] {{}, {}}));
        chain.watermark(0, Long.MAX_VALUE, 1);
        chain.idle(1, Long.MIN_VALUE, 1);

        chain.watermark(2, 10, 1);

        assertThat(log).containsExactly("n watermark 10");
    }

    @Test
    void passesARestoredWatermarkOnThoughItDoesNotRise() {
        Operator restored = new Logging("r", 0);
        restored.restoreWatermark(Long.MAX_VALUE);
        opened(restored);
        Chain chain = chain(new Operator[] {restored}, new int[][] {{~0}}, new LoggingEdge(), 1);

        chain.watermark(0, Long.MAX_VALUE, 1);

        assertThat(log).containsExactly("edge watermark " + Long.MAX_VALUE);
    }

    @Test
    void keepsTheKeyForAllThatAFlatMapEmitsThoughAnotherKeyByFollows() {
        Operator first = opened(new KeyByOperator(value -> "first", STRINGS));
        FlatMapFn<Object, Object> twice =
                (value, out) -> {
                    out.emit(value + "1");
                    out.emit(value + "2");
                };
        Operator flatMap = opened(new FlatMapOperator(twice));
        Operator withKey = opened(new MapWithKeyOperator((key, value) -> key + " " + value));
        Operator second = opened(new KeyByOperator(value -> "second", STRINGS));
        first.connect(flatMap);
        flatMap.connect(withKey);
        withKey.connect(second);
        second.connect((value, timestamp) -> log.add(slot.key + " " + value));

        first.emit("x", 0);

        assertThat(log).containsExactly("second first x1", "second first x2");
    }

    @Test
    void keepsTheKeyForTheOtherPortsOfAFanOut() {
        Operator keyBy = opened(new KeyByOperator(value -> "other", STRINGS));
        Port logs = (value, timestamp) -> log.add(slot.key + " " + value);
        keyBy.connect(logs);
        slot.key = "own";

        FanOut.of(slot, keyBy, logs).emit("x", 0);

        assertThat(log).containsExactly("other x", "own x");
    }

    @Test
    void makesADeadLetterOfANullKey() {
        Operator keyBy = opened(new KeyByOperator(value -> null, STRINGS));
        keyBy.connectDeadLetters((value, timestamp) -> log.add(value.toString()));

        keyBy.emit("record", 0);

        assertThat(log).hasSize(1);
        assertThat(log.get(0)).contains("step", "the key is null");
        assertThat(keyBy.counters().deadLetters).isEqualTo(1);
        assertThat(keyBy.counters().in).isEqualTo(1);
        assertThat(keyBy.counters().out).isZero();
    }

    @Test
    void blamesNoFunctionForTheSinkBehindIt() {
        ConnectorException down = ConnectorException.retryable("down", null);
        Operator flatMap = opened(new FlatMapOperator((value, out) -> out.emit(value)));
        flatMap.connect(opened(new WriteOperator(new FailingWriter(down))));

        assertThatThrownBy(() -> flatMap.emit("x", 0))
                .isInstanceOfSatisfying(
                        SinkFailure.class, carried -> assertThat(carried.failure()).isSameAs(down));
    }

    private record FailingWriter(RuntimeException failure) implements SinkWriter<Object> {
        @Override
        public void write(Object value, long timestampMillis) {
            throw failure;
        }

        @Override
        public boolean prepare(PieceOut out) {
            return true;
        }

        @Override
        public void close() {}
    }
}
