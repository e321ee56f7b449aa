package io.headrace;

import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * What a start of a pipeline would make of the state that is there, told before the start. A runner
 * makes it with the very rules that decide at a start. Immutable.
 *
 * <p>State that nothing would read is never dropped in silence: it is {@link Outcome#LOST}, and a
 * start is refused until the step is back or another state directory is chosen.
 *
 * @param checkpoint whose state it is, for people; "none" if a start begins with nothing
 * @param findings by step in the order of the checkpoint, then what is new
 */
public record StateCheck(String checkpoint, List<Finding> findings) {
    /** What becomes of a part of the state. */
    public enum Outcome {
        /** It goes on as it is. */
        KEPT,
        /** The checkpoint does not have it: it begins empty, a source at its start. */
        NEW,
        /** It goes on in another form, without loss: a field more, a wider number. */
        CHANGED,
        /** The checkpoint has it and the pipeline does not: a start is refused. */
        LOST,
        /** It would be read as something that it is not: a start is refused. */
        REFUSED
    }

    /**
     * One part of the state.
     *
     * @param step the name of the step, source or sink; empty for the pipeline as a whole
     * @param part for example {@code value state sum}
     * @param detail what is to be known of it; of what is lost or refused, what a start says
     */
    public record Finding(Outcome outcome, String step, String part, String detail) {
        /** Checks what must be there. */
        public Finding {
            Objects.requireNonNull(outcome, "outcome");
            Objects.requireNonNull(step, "step");
            Objects.requireNonNull(part, "part");
            Objects.requireNonNull(detail, "detail");
        }

        private boolean prevents() {
            return outcome == Outcome.LOST || outcome == Outcome.REFUSED;
        }

        @Override
        public String toString() {
            String shown = String.format("%-8s %-20s %s", outcome, step, part).stripTrailing();
            return detail.isEmpty() ? shown : shown + ": " + detail;
        }
    }

    /** Copies the list. */
    public StateCheck {
        Objects.requireNonNull(checkpoint, "checkpoint");
        findings = List.copyOf(findings);
    }

    /** Returns whether a start goes on from the checkpoint. */
    public boolean fits() {
        return findings.stream().noneMatch(Finding::prevents);
    }

    /** Returns why a start would be refused: what it says of each part that does not fit. */
    public List<String> refusals() {
        return findings.stream().filter(Finding::prevents).map(Finding::detail).toList();
    }

    /** Returns what has an outcome. */
    public List<Finding> of(Outcome outcome) {
        return findings.stream().filter(finding -> finding.outcome() == outcome).toList();
    }

    /** Returns a table for people, a line per finding, and whether a start would go on. */
    @Override
    public String toString() {
        return "checkpoint: "
                + checkpoint
                + "\n"
                + findings.stream().map(finding -> finding + "\n").collect(Collectors.joining())
                + (fits() ? "a start is possible" : "a start is refused");
    }
}
