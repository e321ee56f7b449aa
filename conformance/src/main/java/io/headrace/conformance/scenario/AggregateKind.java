package io.headrace.conformance.scenario;

import io.headrace.Aggregates;
import io.headrace.function.Aggregator;
import java.util.Locale;

/** The aggregates of scenarios: {@code aggregate=sum}. */
public enum AggregateKind {
    /** How many. Subtracts. */
    COUNT(Kind.NUMBER),
    /** The sum of the numbers. Subtracts. */
    SUM(Kind.NUMBER),
    /** The smallest number. Does not subtract. */
    MIN(Kind.NUMBER),
    /** The largest number. Does not subtract. */
    MAX(Kind.NUMBER),
    /** The average of the numbers, and how many. Subtracts. */
    AVERAGE(Kind.TEXT),
    /** All texts in their order. Does not subtract; depends on the order. */
    CONCAT(Kind.TEXT);

    private final Kind result;

    AggregateKind(Kind result) {
        this.result = result;
    }

    static AggregateKind of(StepLine line) {
        return valueOf(line.option("aggregate").toUpperCase(Locale.ROOT));
    }

    Kind result() {
        return result;
    }

    @SuppressWarnings("unchecked") // Scenarios are built untyped; the kind says what flows.
    Aggregator<Object, ?, Object> aggregator() {
        Aggregator<Object, ?, ?> aggregator =
                switch (this) {
                    case COUNT -> Aggregates.count();
                    case SUM -> Aggregates.sumLong(Kind::number);
                    case MIN -> Aggregates.minLong(Kind::number);
                    case MAX -> Aggregates.maxLong(Kind::number);
                    case AVERAGE ->
                            Aggregates.combined(
                                    Aggregates.averageLong(Kind::number),
                                    Aggregates.count(),
                                    (Double average, Long count) -> average + "of" + count);
                    case CONCAT -> new Concat();
                };
        return (Aggregator<Object, ?, Object>) aggregator;
    }
}
