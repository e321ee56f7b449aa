package io.headrace.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class LongCountsTest {
    @Test
    void countsAsAMapOfObjectsDoes() {
        LongCounts counts = new LongCounts(4);
        Map<Long, Long> expected = new HashMap<>();
        SplittableRandom random = new SplittableRandom(42);

        for (int i = 0; i < 100_000; i++) {
            long key = random.nextInt(-5_000, 5_000);
            assertThat(counts.increment(key)).isEqualTo(expected.merge(key, 1L, Long::sum));
        }

        assertThat(entries(counts)).isEqualTo(expected);
    }

    @Test
    void aClearedMapIsEmpty() {
        LongCounts counts = new LongCounts(4);
        counts.increment(0);

        counts.clear();

        assertThat(entries(counts)).isEmpty();
        assertThat(counts.increment(0)).isEqualTo(1);
    }

    private static Map<Long, Long> entries(LongCounts counts) {
        Map<Long, Long> entries = new HashMap<>();
        counts.forEach((key, count) -> assertThat(entries.put(key, count)).isNull());
        return entries;
    }
}
