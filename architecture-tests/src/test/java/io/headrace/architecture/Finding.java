package io.headrace.architecture;

import java.util.Collection;
import java.util.stream.Collectors;
import org.assertj.core.api.Assertions;

/**
 * One place that breaks a rule.
 *
 * @param where the file with its line, or the class
 * @param what the rule that is broken, with the values
 * @param remedy what the author does about it
 */
public record Finding(String where, String what, String remedy) {
    /** Fails with one line per finding, unless there is none. */
    public static void assertNone(Collection<Finding> findings) {
        if (!findings.isEmpty()) {
            Assertions.fail(
                    findings.stream()
                            .map(Finding::toString)
                            .sorted()
                            .collect(Collectors.joining("\n", findings.size() + " found:\n", "")));
        }
    }

    @Override
    public String toString() {
        return where + ": " + what + "; " + remedy;
    }
}
