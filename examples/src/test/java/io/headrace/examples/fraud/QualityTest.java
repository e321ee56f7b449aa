package io.headrace.examples.fraud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QualityTest {
    private static final long DAY = 86_400;

    private final Quality quality = new Quality();

    private void add(long day, long customer, double score, Boolean fraud) {
        Decision decision = score >= 0.5 ? Decision.REVIEW : Decision.APPROVE;
        quality.add(day * DAY, customer, score, decision, fraud);
    }

    @Test
    void hasNoFiguresWithoutRows() {
        assertThat(quality.figures())
                .isEqualTo(new Quality.Figures(0, null, null, null, null, null));
    }

    @Test
    void hasNoFiguresWithoutLabels() {
        add(0, 1, 0.9, null);
        add(1, 1, 0.1, null);

        assertThat(quality.figures())
                .isEqualTo(new Quality.Figures(0, null, null, null, null, null));
    }

    @Test
    void knowsNoPrecisionWithoutAlertsAndNoRecallWithoutFrauds() {
        add(0, 1, 0.1, false);

        assertThat(quality.figures()).isEqualTo(new Quality.Figures(1, 0.0, null, null, null, 0.0));
    }

    @Test
    void countsAlertsAndRanksScores() {
        add(0, 1, 0.9, true);
        add(0, 2, 0.8, false);
        add(0, 3, 0.8, true);
        add(0, 4, 0.2, true);
        add(0, 5, 0.1, false);

        Quality.Figures figures = quality.figures();

        assertThat(figures.fraudShare()).isEqualTo(3 / 5.0);
        assertThat(figures.precision()).isEqualTo(2 / 3.0);
        assertThat(figures.recall()).isEqualTo(2 / 3.0);
        // One third of recall each at precision 1 of 1, 2 of 3 (a tie), 3 of 4.
        assertThat(figures.averagePrecision())
                .isCloseTo((1.0 + 2 / 3.0 + 3 / 4.0) / 3, within(1e-12));
    }

    @Test
    void leavesOutTheFirstThirdOfFewDays() {
        for (int day = 100; day < 109; day++) {
            add(day, 1, 0.9, day >= 103);
        }

        assertThat(quality.figures().counted()).isEqualTo(6);
        assertThat(quality.figures().precision()).isEqualTo(1);
    }

    @Test
    void leavesOutSixtyOfManyDays() {
        for (int day = 0; day < 183; day++) {
            add(day, 1, 0.9, day >= 60);
        }

        assertThat(quality.figures().counted()).isEqualTo(123);
        assertThat(quality.figures().precision()).isEqualTo(1);
    }

    @Test
    void checksTheHundredWorstCardsOfEachDayAndEachOnlyUntilFound() {
        for (int card = 0; card < 150; card++) {
            add(0, card, 1 - card / 1000.0, card % 2 == 0); // 50 found on day 0: 0, 2, … 98
            add(0, card, 0, false); // A card counts once, by its worst transaction.
            add(1, card, 1 - card / 1000.0, true); // The 100 that are left are all found.
        }

        assertThat(quality.figures().cardPrecisionAt100()).isEqualTo((0.5 + 1.0) / 2);
    }

    @Test
    void theOrderOfRowsDoesNotMatter() {
        Random random = new Random(7);
        List<long[]> rows = new ArrayList<>();
        for (int i = 0; i < 5_000; i++) {
            int score = random.nextInt(20);
            long fraud = random.nextInt(25) < score ? 1 : 0;
            rows.add(new long[] {random.nextInt(12), random.nextInt(400), score, fraud});
        }
        Quality shuffled = new Quality();
        List<long[]> otherOrder = new ArrayList<>(rows);
        Collections.shuffle(otherOrder, random);

        rows.forEach(row -> add(quality, row));
        otherOrder.forEach(row -> add(shuffled, row));

        assertThat(shuffled.figures()).isEqualTo(quality.figures());
        assertThat(quality.figures().cardPrecisionAt100()).isBetween(0.1, 1.0);
    }

    private static void add(Quality quality, long[] row) {
        Decision decision = row[2] > 15 ? Decision.BLOCK : Decision.APPROVE;
        quality.add(row[0] * DAY, row[1], row[2] / 20.0, decision, row[3] == 1);
    }

    /** A small world with its own seed; the default one is too slow for every build. */
    @Test
    void theLimitsKeepTheirPromiseOnSeedTheyWereNotChosenOn(@TempDir Path directory)
            throws IOException {
        SimulationOptions options =
                SimulationOptions.defaults().withSize(1_000, 2_000).withDays(120).withSeed(11);
        SimulatedData data =
                new FraudSimulator(options).writeTo(directory, (daysDone, days, rows) -> {});

        for (FeatureOracle.Judged row :
                new FeatureOracle(data.transactions(), data.labels()).judged()) {
            Scored scored = row.scored();
            quality.add(
                    scored.time().getEpochSecond(),
                    scored.customer(),
                    scored.score(),
                    scored.decision(),
                    row.fraud());
        }

        assertThat(quality.figures().precision()).isGreaterThanOrEqualTo(0.60);
        assertThat(quality.figures().recall()).isGreaterThanOrEqualTo(0.55);
    }
}
