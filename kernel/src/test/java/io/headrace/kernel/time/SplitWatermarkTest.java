package io.headrace.kernel.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SplitWatermarkTest {
    private static final long SEED =
            Long.getLong("headrace.seed", new SplittableRandom().nextLong());

    @Test
    void staysBehindTheHighestTimestampByTheBound() {
        SplitWatermark watermark = new SplitWatermark(10, SplitWatermark.NONE, 0);

        watermark.observe(100);
        watermark.observe(90);
        watermark.advance();

        assertThat(watermark.watermark()).isEqualTo(89);
    }

    @Test
    void isNoneBeforeTheFirstRecord() {
        SplitWatermark watermark = new SplitWatermark(10, SplitWatermark.NONE, 0);

        watermark.advance();

        assertThat(watermark.watermark()).isEqualTo(SplitWatermark.NONE);
    }

    @Test
    void goesWhereTheSourceSaysAndNeverBack() {
        SplitWatermark watermark = new SplitWatermark(10, SplitWatermark.NONE, 0);

        watermark.raise(50);
        watermark.raise(40);
        watermark.observe(55);
        watermark.advance();

        assertThat(watermark.watermark()).isEqualTo(50);
    }

    @Test
    void takesNothingFromTimestampsWithoutABound() {
        SplitWatermark watermark = new SplitWatermark(Long.MAX_VALUE, SplitWatermark.NONE, 0);

        watermark.observe(100);
        watermark.advance();
        long unsaid = watermark.watermark();
        watermark.raise(70);

        assertThat(unsaid).isEqualTo(SplitWatermark.NONE);
        assertThat(watermark.watermark()).isEqualTo(70);
    }

    @Test
    void movesAtTheSameRecordsWhateverThePollsAndWhereverItWasRestored() {
        SplittableRandom random = new SplittableRandom(SEED);
        long[] times = random.longs(3_000, 0, 500).toArray();
        Arrays.setAll(times, i -> i + times[i]);

        List<String> straight = moves(times, new SplittableRandom(1), false);
        List<String> restored = moves(times, random, true);

        assertThat(restored).as("repeat with -Dheadrace.seed=" + SEED).isEqualTo(straight);
        assertThat(straight).hasSizeGreaterThan(5);
    }

    /** Returns at which record the watermark moved, and to what. */
    private static List<String> moves(long[] times, SplittableRandom polls, boolean restores) {
        List<String> moves = new ArrayList<>();
        SplitWatermark watermark = new SplitWatermark(5, SplitWatermark.NONE, 0);
        long highest = SplitWatermark.NONE;
        int at = 0;
        while (at < times.length) {
            int poll = Math.min(1 + polls.nextInt(600), watermark.recordsUntilAdvance());
            for (int i = 0; i < poll && at < times.length; i++) {
                watermark.observe(times[at++]);
            }
            watermark.advanceIfDue();
            if (watermark.watermark() > highest) {
                highest = watermark.watermark();
                moves.add(at + " → " + highest);
            }
            if (restores && polls.nextInt(4) == 0) {
                watermark = new SplitWatermark(5, watermark.maxTimestamp(), watermark.records());
            }
        }
        return moves;
    }
}
