package io.headrace.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.testkit.mutation.MutationGate;
import io.headrace.testkit.mutation.Sources;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * Scenarios and random pipelines notice every mutant.
 *
 * <p>{@code -Dheadrace.mutants=} chooses: {@code all}, or a part of a name. Without it a third
 * runs, and {@code -Dheadrace.seed=} says which. {@code measure:all}, or {@code measure:} and a
 * part of a name, takes the medians anew and writes them into the patches.
 */
class MutationGateTest {
    private static final String CHOSEN =
            System.getProperty("headrace.mutants", "").replace("measure:", "");

    @TempDir private Path directory;

    @Test
    @DisabledIfSystemProperty(named = "headrace.mutants", matches = "measure.*")
    void everyMutantIsKilled() throws Exception {
        long seed = Long.getLong("headrace.seed", Sources.seed("headrace.mutants"));

        assertThat(gate().survivors(CHOSEN, seed))
                .as("what nobody notices is a hole in the tests")
                .isEmpty();
    }

    @Test
    @EnabledIfSystemProperty(named = "headrace.mutants", matches = "measure.*")
    void measuresTheMedians() throws Exception {
        assertThat(gate().measure(CHOSEN)).isEmpty();
    }

    /** The tests of a module run in its directory. */
    private MutationGate gate() {
        Path module = Path.of("").toAbsolutePath();
        return new MutationGate(module, "conformance", ConformanceBySeed.class, directory);
    }
}
