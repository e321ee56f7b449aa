package io.headrace.examples.fraud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.LocalDate;
import org.junit.jupiter.api.Test;

class SimulationOptionsTest {
    private static final SimulationOptions DEFAULTS = SimulationOptions.defaults();

    @Test
    void theDefaultsAreThoseOfTheHandbook() {
        assertThat(DEFAULTS)
                .isEqualTo(
                        new SimulationOptions(5_000, 10_000, 183, 0, LocalDate.of(2018, 4, 1), 5));
    }

    @Test
    void namesTheOptionTheValueAndTheRange() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DEFAULTS.withDays(0))
                .withMessage("days=0: choose a number from 1 to 3660");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DEFAULTS.withSize(0, 1))
                .withMessage("customers=0: choose a number from 1 to 10000000");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DEFAULTS.withSize(1, -1))
                .withMessage("terminals=-1: choose a number from 1 to 10000000");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SimulationOptions(1, 1, 1, 0, DEFAULTS.start(), Double.NaN))
                .withMessageStartingWith("radius=NaN");
    }

    @Test
    void refusesWorldThatDoesNotFitInMemory() {
        SimulationOptions crowded =
                new SimulationOptions(10_000, 100_000, 1, 0, DEFAULTS.start(), 150);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> Population.draw(crowded))
                .withMessageContaining("terminals=100000")
                .withMessageContaining("lower one of the three");
    }
}
