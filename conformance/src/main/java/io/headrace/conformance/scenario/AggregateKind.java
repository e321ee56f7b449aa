package io.headrace.conformance.scenario;

import io.headrace.Aggregates;
import io.headrace.function.Aggregator;
import io.headrace.type.Type;
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
    CONCAT(Kind.TEXT),
    /** How many different numbers. Does not subtract. */
    DISTINCT(Kind.NUMBER),
    /** How many different texts, about. Does not subtract. */
    APPROXIMATE(Kind.NUMBER),
    /** The sample variance of the numbers. Does not subtract. */
    VARIANCE(Kind.TEXT),
    /** The median and the largest of the numbers. Does not subtract. */
    QUANTILES(Kind.TEXT),
    /** The first text. Does not subtract; depends on the order. */
    FIRST(Kind.TEXT),
    /** The last text. Does not subtract; depends on the order. */
    LAST(Kind.TEXT),
    /** A list of all numbers. Does not subtract; depends on the order. */
    COLLECT(Kind.TEXT),
    /** The two values of largest number modulo 5. Does not subtract; depends on the order. */
    TOP(Kind.TEXT);

    /** More than any random case has. */
    private static final int LIMIT = 1_000_000;

    /** Where no variance of a few hundred whole numbers, in thousandths, is a tie. */
    private static final double UNTIED = 0.1371;

    private final Kind result;

    AggregateKind(Kind result) {
        this.result = result;
    }

    static AggregateKind of(StepLine line) {
        return valueOf(line.option("aggregate").toUpperCase(Locale.ROOT));
    }

    /** Returns whether the results depend on the order of the values. */
    boolean isOrdered() {
        return switch (this) {
            case CONCAT, FIRST, LAST, COLLECT, TOP -> true;
            default -> false;
        };
    }

    /**
     * Returns whether the aggregate of a line, if it has one, depends on the order of the values.
     */
    public static boolean isOrdered(StepLine line) {
        return line.options().containsKey("aggregate") && of(line).isOrdered();
    }

    Kind result() {
        return result;
    }

    @SuppressWarnings("unchecked") // Scenarios are built untyped; the kind says what flows.
    Aggregator<Object, ?, Object> aggregator(Kind values) {
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
                    case DISTINCT -> Aggregates.distinct(LIMIT, Kind::number, Type.of(Long.class));
                    case APPROXIMATE -> Aggregates.distinctApproximate(Object::toString);
                    case VARIANCE -> shown(Aggregates.varianceDouble(Kind::number));
                    case QUANTILES -> shown(Aggregates.quantilesDouble(Kind::number, 0.5, 1));
                    case FIRST -> Aggregates.first(Object::toString);
                    case LAST -> Aggregates.last(Object::toString);
                    case COLLECT ->
                            shown(Aggregates.collect(LIMIT, Kind::number, Type.of(Long.class)));
                    case TOP ->
                            shown(
                                    Aggregates.topK(
                                            2,
                                            value -> Math.floorMod(Kind.number(value), 5L),
                                            values.type()));
                };
        return (Aggregator<Object, ?, Object>) aggregator;
    }

    /** Makes a text of a result: of a fraction, whose last bits are not promised, a rounded one. */
    private static Aggregator<Object, ?, String> shown(Aggregator<Object, ?, ?> aggregator) {
        return Aggregates.combined(
                aggregator, Aggregates.count(), (result, count) -> shown(result) + "of" + count);
    }

    private static String shown(Object result) {
        return result instanceof Double fraction && !fraction.isNaN()
                ? Math.floor(fraction * 1000 + UNTIED) / 1000 + ""
                : result.toString().replace(", ", ";");
    }
}
