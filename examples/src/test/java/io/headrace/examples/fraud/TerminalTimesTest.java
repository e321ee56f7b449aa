package io.headrace.examples.fraud;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TerminalTimesTest {
    private static final long SEED = Long.getLong("headrace.seed", 1);

    @Test
    void countsAsPlainListDoes() {
        Random random = new Random(SEED);
        TerminalTimes times = TerminalTimes.NONE;
        List<Long> list = new ArrayList<>();

        for (int i = 0; i < 5_000; i++) {
            long time = i + random.nextInt(600);
            times = times.with(time);
            list.add(time);
            if (random.nextInt(50) == 0) {
                long bound = i - 1_000 + random.nextInt(200);
                times = times.after(bound);
                list.removeIf(each -> each <= bound);
            }
            long asked = i - 1_000 + random.nextInt(1_700);
            assertThat(times.countUpTo(asked))
                    .as("seed %s, step %s", SEED, i)
                    .isEqualTo((int) list.stream().filter(each -> each <= asked).count());
        }
    }

    @Test
    void isEmptyAgainWhenAllTimesAreOver() {
        TerminalTimes times = TerminalTimes.NONE.with(5).with(7).after(7);

        assertThat(times.isEmpty()).isTrue();
        assertThat(times.countUpTo(10)).isZero();
    }
}
