package io.headrace.examples.fraud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class SimulatedDayTest {
    private static final SimulationOptions SMALL =
            SimulationOptions.defaults().withSize(500, 1_000).withDays(60);

    private record Drawn(int day, int customer, int terminal, int cents, int scenario) {}

    private static List<Drawn> draw(SimulationOptions options) {
        SimulatedDay day = new SimulatedDay(options);
        List<Drawn> all = new ArrayList<>();
        for (int index = 0; index < options.days(); index++) {
            day.drawNext();
            for (int rank = 0; rank < day.size(); rank++) {
                all.add(
                        new Drawn(
                                index,
                                day.customer(rank),
                                day.terminal(rank),
                                day.cents(rank),
                                day.scenario(rank)));
            }
        }
        return all;
    }

    /** The handbook has 1,754,155 transactions, 14,681 frauds: 973, 9,077 and 4,631 of a kind. */
    @Test
    void theDefaultSetHasTheSharesOfTheHandbook() {
        SimulatedDay day = new SimulatedDay(SimulationOptions.defaults());
        int rows = 0;
        int[] scenarios = new int[4];

        for (int index = 0; index < SimulationOptions.defaults().days(); index++) {
            day.drawNext();
            rows += day.size();
            for (int rank = 0; rank < day.size(); rank++) {
                scenarios[day.scenario(rank)]++;
            }
        }

        assertThat(rows).isBetween(1_690_000, 1_820_000);
        assertThat(scenarios[1]).isBetween(800, 1_200);
        assertThat(scenarios[2]).isBetween(8_500, 9_700);
        assertThat(scenarios[3]).isBetween(4_200, 5_000);
    }

    @Test
    void onlyFraudsAreAboveTheLargestAmount() {
        List<Drawn> all = draw(SMALL);

        assertThat(all).filteredOn(drawn -> drawn.scenario == 0).allMatch(d -> d.cents <= 22_000);
        assertThat(all).filteredOn(drawn -> drawn.scenario == 1).allMatch(d -> d.cents > 22_000);
        assertThat(all).filteredOn(drawn -> drawn.scenario == 1).isNotEmpty();
    }

    @Test
    void compromisedTerminalHasNothingButFraudsThatDay() {
        List<Drawn> all = draw(SMALL);

        Map<List<Integer>, List<Drawn>> byTerminalAndDay =
                all.stream().collect(Collectors.groupingBy(d -> List.of(d.terminal, d.day)));
        assertThat(byTerminalAndDay.values())
                .filteredOn(rows -> rows.stream().anyMatch(drawn -> drawn.scenario == 2))
                .isNotEmpty()
                .allMatch(rows -> rows.stream().allMatch(d -> d.scenario == 2 || d.scenario == 3));
    }

    @Test
    void terminalStaysCompromisedForFourWeeks() {
        SimulationOptions oneTerminal = SMALL.withSize(3_000, 400).withDays(29);

        List<Drawn> all = draw(oneTerminal);

        int[] terminalsOfTheFirstDay =
                all.stream()
                        .filter(drawn -> drawn.day == 0 && drawn.scenario == 2)
                        .mapToInt(Drawn::terminal)
                        .distinct()
                        .toArray();
        assertThat(terminalsOfTheFirstDay).hasSize(2);
        for (int terminal : terminalsOfTheFirstDay) {
            List<Drawn> rows = all.stream().filter(drawn -> drawn.terminal == terminal).toList();
            assertThat(rows).filteredOn(drawn -> drawn.day < 28).allMatch(d -> d.scenario >= 2);
            assertThat(rows)
                    .filteredOn(d -> d.day == 28)
                    .isNotEmpty()
                    .allMatch(d -> d.scenario < 2);
        }
    }

    @Test
    void thirdOfCompromisedCardsTransactionsIsFiveTimesAsLarge() {
        SimulationOptions allCards = SMALL.withSize(3, 5_000).withDays(3_000);

        List<Drawn> all = draw(allCards);

        List<Drawn> frauds = all.stream().filter(drawn -> drawn.scenario == 3).toList();
        assertThat((double) frauds.size() / all.size()).isCloseTo(1.0 / 3, within(0.02));
        assertThat(frauds).allMatch(drawn -> drawn.cents % 5 == 0);
    }
}
