package io.headrace.kernel.function;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class KeySketchTest {
    private final KeySketch sketch = new KeySketch();

    private void add(Object key) {
        sketch.add(key, key.hashCode(), 1);
    }

    private double share(Object key) {
        sketch.publish();
        return sketch.found().keys().stream()
                .filter(found -> found.key().equals(key.toString()))
                .mapToDouble(found -> (double) found.records() / sketch.found().records())
                .findFirst()
                .orElse(0);
    }

    @Test
    void countsFewRecordsExactly() {
        for (int i = 0; i < 10; i++) {
            add("a");
            add(i < 3 ? "b" : "c");
        }

        sketch.publish();

        assertThat(sketch.found())
                .isEqualTo(
                        new FrequentKeys(
                                20,
                                List.of(
                                        new FrequentKey("a", 10),
                                        new FrequentKey("c", 7),
                                        new FrequentKey("b", 3))));
    }

    @Test
    void findsTheSharesOfFrequentKeysAmongAMillionOthers() {
        for (int i = 0; i < 1_000_000; i++) {
            add(i % 2 == 0 ? "half" : i % 10 == 1 ? "tenth" : "rare " + i);
        }

        assertThat(share("half")).isBetween(0.45, 0.55);
        assertThat(share("tenth")).isBetween(0.07, 0.13);
    }

    /** Looking at each 64th record would see one key of all. */
    @Test
    void isNotFooledByKeysThatComeInTurns() {
        for (int i = 0; i < 1_000_000; i++) {
            add("key " + i % 64);
        }

        for (int i = 0; i < 64; i++) {
            assertThat(share("key " + i)).isLessThan(0.04);
        }
    }

    @Test
    void countsRecordsThatCameTogether() {
        for (int i = 0; i < 10_000; i++) {
            sketch.add("together", 1, 300);
            for (int alone = 0; alone < 100; alone++) {
                sketch.add("alone", 2, 1);
            }
        }

        assertThat(share("together")).isBetween(0.7, 0.8);
    }

    @Test
    void forgetsWhatWasLongAgo() {
        for (long i = 0; i < KeySketch.RECORDS_MAX; i++) {
            add("before");
        }
        for (long i = 0; i < 4 * KeySketch.RECORDS_MAX; i++) {
            add("now");
        }

        assertThat(share("before")).isLessThan(0.1);
        assertThat(share("now")).isGreaterThan(0.9);
    }

    @Test
    void showsTheBeginningOfALongKey() {
        add("k".repeat(1_000_000));

        sketch.publish();

        assertThat(sketch.found().keys().get(0).key()).isEqualTo("k".repeat(40) + "…");
    }

    @Test
    void livesWithKeysThatCannotShowThemselves() {
        Object silent =
                new Object() {
                    @Override
                    public String toString() {
                        throw new IllegalStateException("silent");
                    }
                };
        add(silent);

        sketch.publish();

        assertThat(sketch.found().keys().get(0).key()).isNotEmpty();
    }
}
