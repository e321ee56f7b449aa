package io.headrace.kernel.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headrace.connector.WatermarkGenerator;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SplitWatermarkTest {
    private static final long SEED = Long.getLong("headrace.seed", 1);

    @Test
    void staysBehindTheHighestTimestampByTheBound() {
        SplitWatermark watermark = new SplitWatermark(10, null, SplitTime.START);

        watermark.observe(100);
        watermark.observe(90);
        watermark.advance();

        assertThat(watermark.watermark()).isEqualTo(89);
    }

    @Test
    void isNoneBeforeTheFirstRecord() {
        SplitWatermark watermark = new SplitWatermark(10, null, SplitTime.START);

        watermark.advance();

        assertThat(watermark.watermark()).isEqualTo(SplitWatermark.NONE);
    }

    @Test
    void goesWhereTheSourceSaysAndNeverBack() {
        SplitWatermark watermark = new SplitWatermark(10, null, SplitTime.START);

        watermark.raise(50);
        watermark.raise(40);
        watermark.observe(55);
        watermark.advance();

        assertThat(watermark.watermark()).isEqualTo(50);
    }

    @Test
    void takesNothingFromTimestampsWithoutABound() {
        SplitWatermark watermark = new SplitWatermark(Long.MAX_VALUE, null, SplitTime.START);

        watermark.observe(100);
        watermark.advance();
        long unsaid = watermark.watermark();
        watermark.raise(70);

        assertThat(unsaid).isEqualTo(SplitWatermark.NONE);
        assertThat(watermark.watermark()).isEqualTo(70);
    }

    /** Stays behind the highest time by as much as the largest step back so far. */
    private static final class LargestStepBack implements WatermarkGenerator<Object> {
        private static final long serialVersionUID = 1L;

        @Override
        public long onRecord(Object value, long timestampMillis, Progress split) {
            long[] largest = split.state();
            largest[0] = Math.max(largest[0], split.maxTimestampMillis() - timestampMillis);
            largest[1]++;
            return largest[1] < 2 ? Long.MIN_VALUE : split.maxTimestampMillis() - largest[0] - 1;
        }

        @Override
        public int stateLength() {
            return 2;
        }
    }

    private static void take(SplitWatermark watermark, long... times) throws Exception {
        for (long time : times) {
            watermark.generate("at " + time, time);
            watermark.observe(time);
        }
    }

    @Test
    void goesWhereItsGeneratorSaysOnceItMayMove() throws Exception {
        SplitWatermark watermark =
                new SplitWatermark(Long.MAX_VALUE, new LargestStepBack(), SplitTime.START);

        take(watermark, -500);
        watermark.advance();
        long first = watermark.watermark();
        take(watermark, -300, -320, -200);
        watermark.advanceIfDue();
        long notDue = watermark.watermark();
        watermark.advance();

        assertThat(first).isEqualTo(SplitWatermark.NONE);
        assertThat(notDue).isEqualTo(SplitWatermark.NONE);
        assertThat(watermark.watermark()).isEqualTo(-221);
    }

    @Test
    void neverGoesBackWithItsGenerator() throws Exception {
        WatermarkGenerator<Object> itsTime = (value, time, split) -> time;
        SplitWatermark watermark = new SplitWatermark(Long.MAX_VALUE, itsTime, SplitTime.START);

        take(watermark, 7, 5);
        watermark.advance();
        take(watermark, 3);
        watermark.advance();

        assertThat(watermark.watermark()).isEqualTo(7);
    }

    @Test
    void goesOnWithWhatItsGeneratorHadSaidBeforeTheRestart() throws Exception {
        WatermarkGenerator<Object> marks =
                (value, time, split) -> time % 10 == 0 ? time : split.watermarkMillis();
        SplitWatermark before = new SplitWatermark(Long.MAX_VALUE, marks, SplitTime.START);
        take(before, 10, 14);

        SplitWatermark restored = new SplitWatermark(Long.MAX_VALUE, marks, before.time());
        take(restored, 17);
        restored.advance();

        assertThat(restored.watermark()).isEqualTo(10);
        assertThat(restored.maxTimestampMillis()).isEqualTo(17);
    }

    @Test
    void beginsWithAGeneratorWhereASplitHadNone() throws Exception {
        SplitTime without = new SplitTime(50, 3, List.of());

        SplitWatermark watermark =
                new SplitWatermark(Long.MAX_VALUE, new LargestStepBack(), without);
        take(watermark, 45, 60);
        watermark.advance();

        assertThat(watermark.watermark()).isEqualTo(60 - 5 - 1);
    }

    @Test
    void refusesTheWatermarkOfTheEnd() {
        WatermarkGenerator<Object> over = (value, time, split) -> Long.MAX_VALUE;
        SplitWatermark watermark = new SplitWatermark(Long.MAX_VALUE, over, SplitTime.START);

        assertThatThrownBy(() -> watermark.generate("a", 5))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("the watermark generator gives Long.MAX_VALUE")
                .hasMessageContaining("return the time of the last record instead");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void movesAtTheSameRecordsWhateverThePollsAndWhereverItWasRestored(boolean generated)
            throws Exception {
        SplittableRandom random = new SplittableRandom(SEED);
        long[] times = random.longs(3_000, 0, 500).toArray();
        Arrays.setAll(times, i -> i + times[i]);
        long bound = generated ? Long.MAX_VALUE : 5;
        WatermarkGenerator<Object> generator = generated ? new LargestStepBack() : null;

        List<String> straight = moves(bound, generator, times, null);
        List<String> restored = moves(bound, generator, times, random);

        assertThat(restored).as("repeat with -Dheadrace.seed=" + SEED).isEqualTo(straight);
        assertThat(straight).hasSizeGreaterThan(5);
    }

    /**
     * Returns at which record the watermark moved, and to what.
     *
     * @param restores draws polls and restarts; null for neither
     */
    private static List<String> moves(
            long bound,
            WatermarkGenerator<Object> generator,
            long[] times,
            SplittableRandom restores)
            throws Exception {
        SplittableRandom polls = restores == null ? new SplittableRandom(1) : restores;
        List<String> moves = new ArrayList<>();
        SplitWatermark watermark = new SplitWatermark(bound, generator, SplitTime.START);
        long highest = SplitWatermark.NONE;
        int at = 0;
        while (at < times.length) {
            int poll = Math.min(1 + polls.nextInt(600), watermark.recordsUntilAdvance());
            for (int i = 0; i < poll && at < times.length; i++) {
                watermark.generate(times[at], times[at]);
                watermark.observe(times[at++]);
            }
            watermark.advanceIfDue();
            if (watermark.watermark() > highest) {
                highest = watermark.watermark();
                moves.add(at + " → " + highest);
            }
            if (restores != null && polls.nextInt(4) == 0) {
                watermark = new SplitWatermark(bound, generator, watermark.time());
            }
        }
        return moves;
    }
}
