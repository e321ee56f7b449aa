package io.headrace.engine.tasklet;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.engine.queue.Batch;
import io.headrace.engine.queue.Channel;
import io.headrace.engine.queue.Signal;
import io.headrace.engine.tasklet.Intake.Taken;
import io.headrace.kernel.chain.Chain;
import io.headrace.kernel.chain.ChainWiring;
import io.headrace.kernel.chain.Edge;
import io.headrace.kernel.chain.KeySlot;
import io.headrace.kernel.chain.Operator;
import io.headrace.kernel.chain.OperatorContext;
import io.headrace.kernel.chain.Port;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class ChannelIntakeTest {
    private final List<String> log = new ArrayList<>();
    private final Channel first = new Channel(new Signal(), new Signal());
    private final Channel second = new Channel(new Signal(), new Signal());
    private final EdgeOut firstEdge = new ForwardEdge(first);
    private final EdgeOut secondEdge = new ForwardEdge(second);
    private ChannelIntake intake = intake(false, first, second);
    private final Chain chain = chain();
    private long nanos;

    private final class Logging extends Operator {
        @Override
        public void emit(Object value, long timestamp) {
            process(0, value, timestamp);
        }

        @Override
        public void process(int input, Object value, long timestamp) {
            log.add(value.toString());
        }

        @Override
        public long onWatermark(long combined) {
            log.add("watermark " + combined);
            return combined;
        }
    }

    private static ChannelIntake intake(boolean idlesAsOne, Channel... channels) {
        return new ChannelIntake(List.of(new ChannelIntake.Input(channels, idlesAsOne)));
    }

    private Chain chain() {
        Operator operator = new Logging();
        operator.open(new OperatorContext("step", null, new KeySlot(), null));
        return new Chain(
                new ChainWiring(
                        new Operator[] {operator},
                        new int[][] {{~0}},
                        new Port[] {operator},
                        new Edge[][] {{}}));
    }

    /** Takes everything that is there; returns the last thing that was reported. */
    private Taken takeAll() {
        Taken last = Taken.NOTHING;
        for (int i = 0; i < 3; i++) { // What lingers leaves in the second turn.
            nanos += EdgeOut.LINGER_NANOS;
            firstEdge.endOfStep(nanos);
            secondEdge.endOfStep(nanos);
            Taken taken = intake.take(chain, 1);
            while (taken != Taken.NOTHING) {
                last = taken;
                taken = intake.take(chain, 1);
            }
        }
        return last;
    }

    @Test
    void takesNothingBehindABarrierUntilItHasComeOnEveryChannel() {
        firstEdge.emit("a1", 0);
        firstEdge.barrier(7);
        firstEdge.emit("a2", 0);
        secondEdge.emit("b1", 0);

        Taken before = takeAll();
        List<String> seenBefore = List.copyOf(log);
        secondEdge.barrier(7);
        Taken after = takeAll();
        intake.barrierPassed();
        takeAll();

        assertThat(before).isEqualTo(Taken.SOMETHING);
        assertThat(seenBefore).containsExactlyInAnyOrder("a1", "b1");
        assertThat(after).isEqualTo(Taken.BARRIER);
        assertThat(intake.barrier()).isEqualTo(7);
        assertThat(log).endsWith("a2").hasSize(3);
    }

    @Test
    void putsTimeBehindTheRecordsThatCameBeforeIt() {
        secondEdge.watermark(100);
        firstEdge.emit("a1", 1);
        firstEdge.watermark(1);
        firstEdge.emit("a2", 2);
        firstEdge.watermark(2);
        firstEdge.watermark(3);

        takeAll();

        assertThat(log).containsExactly("a1", "watermark 1", "a2", "watermark 3");
    }

    @Test
    void isNotHeldBackByAnIdleChannel() {
        firstEdge.watermark(10);
        takeAll();

        secondEdge.idle(Long.MIN_VALUE);
        takeAll();

        assertThat(log).containsExactly("watermark 10");
    }

    @Test
    void isAtTheFurthestOfItsChannelsWhenAllAreIdle() {
        firstEdge.watermark(10);
        firstEdge.idle(10);
        secondEdge.watermark(20);
        takeAll();

        secondEdge.idle(20);
        takeAll();
        secondEdge.idle(Long.MIN_VALUE); // Its last split has ended.
        firstEdge.idle(30);
        takeAll();

        assertThat(log).containsExactly("watermark 20", "watermark 30");
    }

    @Test
    void doesNotMoveTimeBackWhenAChannelBehindItBecomesActive() {
        firstEdge.watermark(10);
        secondEdge.idle(Long.MIN_VALUE);
        takeAll();

        secondEdge.emit("b", 5);
        secondEdge.watermark(5);
        secondEdge.active();
        takeAll();
        firstEdge.watermark(12);
        takeAll();
        secondEdge.watermark(11);
        takeAll();

        assertThat(log).containsExactly("watermark 10", "b", "watermark 11");
    }

    @Test
    void doesNotEndTimeWhileAChannelIsOnlyIdle() {
        secondEdge.idle(Long.MIN_VALUE);
        firstEdge.watermark(10);
        takeAll();

        firstEdge.watermark(Long.MAX_VALUE);
        firstEdge.end();
        takeAll();

        assertThat(log).containsExactly("watermark 10");
    }

    @Test
    void waitsForAllChannelsThatIdleAsOneWhenOneOfThemWakes() {
        intake = intake(true, first, second);
        firstEdge.watermark(10);
        firstEdge.idle(Long.MIN_VALUE);
        secondEdge.watermark(10);
        secondEdge.idle(Long.MIN_VALUE);
        takeAll();

        firstEdge.watermark(400);
        firstEdge.active();
        takeAll();
        secondEdge.emit("fired late", 100);
        secondEdge.watermark(400);
        secondEdge.active();
        takeAll();

        assertThat(log).containsExactly("watermark 10", "fired late", "watermark 400");
    }

    @Test
    void isIdleWhenAllThatHasNotEndedIsIdle() {
        firstEdge.watermark(Long.MAX_VALUE);
        firstEdge.end();
        takeAll();
        boolean beforehand = chain.idle(0);

        secondEdge.idle(Long.MIN_VALUE);
        takeAll();
        boolean idle = chain.idle(0);
        secondEdge.watermark(10);
        secondEdge.active();
        takeAll();

        assertThat(beforehand).isFalse();
        assertThat(idle).isTrue();
        assertThat(chain.idle(0)).isFalse();
        assertThat(log).containsExactly("watermark 10");
    }

    @Test
    void endsOnceEveryChannelHasEndedAndStillTakesBarriers() {
        firstEdge.watermark(Long.MAX_VALUE);
        firstEdge.end();
        Taken one = takeAll();
        secondEdge.watermark(Long.MAX_VALUE);
        secondEdge.end();
        Taken both = takeAll();
        firstEdge.barrier(8);
        secondEdge.barrier(8);
        Taken barrier = takeAll();

        assertThat(one).isEqualTo(Taken.SOMETHING);
        assertThat(both).isEqualTo(Taken.END);
        assertThat(barrier).isEqualTo(Taken.BARRIER);
        assertThat(log).containsExactly("watermark " + Long.MAX_VALUE);
    }

    @Test
    void holdsBackWhatDoesNotFitAndSaysSo() {
        int records = 0;
        while (!firstEdge.blocked() && records < 100_000) {
            firstEdge.emit("r" + records++, 0);
        }
        int accepted = records;

        takeAll();
        firstEdge.flushWaiting();
        takeAll();
        boolean blockedStill = firstEdge.blocked();

        assertThat(accepted).isLessThanOrEqualTo(18 * Batch.RECORDS_MAX);
        assertThat(blockedStill).isFalse();
        assertThat(log).hasSize(accepted).startsWith("r0").endsWith("r" + (accepted - 1));
    }

    @Test
    void lingersForAMillisecondWhileTheConsumerIsBusy() {
        firstEdge.emit("a", 0);
        firstEdge.endOfStep(0); // The consumer has nothing to do.
        firstEdge.emit("b", 0);
        firstEdge.endOfStep(0);
        firstEdge.endOfStep(EdgeOut.LINGER_NANOS - 1);
        boolean waits = firstEdge.pending();

        firstEdge.endOfStep(EdgeOut.LINGER_NANOS);

        assertThat(waits).isTrue();
        assertThat(firstEdge.pending()).isFalse();
    }

    @Test
    @Timeout(60)
    void bringsAMillionRecordsFromOneThreadToAnotherInOrder() throws InterruptedException {
        int count = 1_000_000;
        long[] seen = {0};
        Operator counting = new Counting(seen);
        counting.open(new OperatorContext("step", null, new KeySlot(), null));
        Chain counter =
                new Chain(
                        new ChainWiring(
                                new Operator[] {counting},
                                new int[][] {{~0}},
                                new Port[] {counting},
                                new Edge[][] {{}}));
        Thread producer = new Thread(() -> produce(count));

        producer.start();
        ChannelIntake one = intake(true, first);
        while (one.take(counter, 1) != Taken.END) {
            Thread.onSpinWait();
        }
        producer.join();

        assertThat(seen[0]).isEqualTo(count);
        assertThat(counting.watermark()).isEqualTo(Long.MAX_VALUE);
    }

    private void produce(int count) {
        long now = 0;
        for (int i = 0; i < count; i++) {
            firstEdge.emit(i, i);
            if (i % 100 == 0) {
                firstEdge.watermark(i);
            }
            while (firstEdge.blocked()) {
                firstEdge.flushWaiting();
            }
        }
        firstEdge.watermark(Long.MAX_VALUE);
        firstEdge.end();
        while (firstEdge.pending()) {
            firstEdge.endOfStep(now += EdgeOut.LINGER_NANOS);
            firstEdge.flushWaiting();
        }
    }

    /** Counts records that come in order and behind the watermark. */
    private static final class Counting extends Operator {
        private final long[] seen;

        Counting(long[] seen) {
            this.seen = seen;
        }

        @Override
        public void emit(Object value, long timestamp) {
            process(0, value, timestamp);
        }

        @Override
        public void process(int input, Object value, long timestamp) {
            if ((int) value == seen[0] && timestamp > watermark) {
                seen[0]++;
            }
        }
    }
}
