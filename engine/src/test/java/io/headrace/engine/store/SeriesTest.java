package io.headrace.engine.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.engine.Seed;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SeriesTest {
    private record Timed(long time, int value) {}

    @Test
    void keepsTheOrderOfTimeAndOfInsertionAmongTies() {
        Series series = new Series();

        int late = series.insert(5, "a");
        int early = series.insert(3, "b");
        int tie = series.insert(3, "c");

        assertThat(List.of(late, early, tie)).containsExactly(0, 0, 1);
        assertThat(List.of(series.value(0), series.value(1), series.value(2)))
                .isEqualTo(List.of("b", "c", "a"));
    }

    @Test
    void equalsASortedListWhateverIsInsertedAndRemoved() {
        for (int salt = 0; salt < 200; salt++) {
            SplittableRandom random = Seed.random(salt);
            Series series = new Series();
            List<Timed> model = new ArrayList<>();
            for (int i = 0; i < 300; i++) {
                if (random.nextInt(5) == 0) { // Now and then nearly all: the arrays shrink.
                    int count = random.nextInt(model.size() + 1);
                    series.removeFirst(count);
                    model.subList(0, count).clear();
                } else {
                    long time = i + random.nextInt(20);
                    int place = 0;
                    while (place < model.size() && model.get(place).time() <= time) {
                        place++;
                    }
                    model.add(place, new Timed(time, i));

                    assertThat(series.insert(time, i)).as(Seed.repeat(salt)).isEqualTo(place);
                }

                assertThat(contents(series)).as(Seed.repeat(salt)).isEqualTo(model);
                long sought = i + random.nextInt(20);
                assertThat(series.find(sought))
                        .as(Seed.repeat(salt))
                        .isEqualTo(last(model, sought));
            }
        }
    }

    private static int last(List<Timed> model, long time) {
        int place = model.size() - 1;
        while (place >= 0 && model.get(place).time() != time) {
            place--;
        }
        return place;
    }

    private static List<Timed> contents(Series series) {
        List<Timed> contents = new ArrayList<>();
        for (int i = 0; i < series.size(); i++) {
            contents.add(new Timed(series.time(i), (int) series.value(i)));
        }
        return contents;
    }
}
