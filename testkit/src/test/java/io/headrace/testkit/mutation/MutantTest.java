package io.headrace.testkit.mutation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

/** A patch that does not fit must not pass for a mutant that was run. */
class MutantTest {
    private static final List<String> PATCH =
            List.of(
                    "# source: own",
                    "# killed-by: simulation",
                    "# median: 7",
                    "--- a/kernel/A.java",
                    "+++ b/kernel/A.java",
                    "@@ -10,2 +10,1 @@",
                    " first",
                    "-second",
                    "+other");

    @Test
    void replacesWhatStandsInTheFileOnceWhereverThatIs() {
        Mutant mutant = Mutant.parse("01", PATCH);

        String changed = mutant.apply("begin\r\nfirst\r\nsecond\r\nend\r\n");

        assertThat(changed).isEqualTo("begin\nfirst\nother\nend\n");
        assertThat(mutant.limit()).isEqualTo(70);
    }

    @Test
    void refusesWhatIsNotThereOrThereTwice() {
        Mutant mutant = Mutant.parse("01", PATCH);

        assertThatThrownBy(() -> mutant.apply("first\nthird\n"))
                .hasMessageContaining("01: is not in kernel/A.java");
        assertThatThrownBy(() -> mutant.apply("first\nsecond\nfirst\nsecond\n"))
                .hasMessageContaining("01: is more than once");
    }

    @Test
    void refusesAPatchWithoutMedianOrChange() {
        assertThatThrownBy(() -> Mutant.parse("01", PATCH.subList(3, PATCH.size())))
                .hasMessageContaining("01 has no line: # source");
        assertThatThrownBy(() -> Mutant.parse("01", PATCH.subList(0, 5)))
                .hasMessageContaining("changes nothing");
        assertThatThrownBy(() -> Mutant.parse("01", List.of("# source: own", "bogus")))
                .hasMessageContaining("01 has the line: bogus");
    }
}
