package io.headrace;

import io.headrace.function.Aggregator;
import io.headrace.function.Fn;
import io.headrace.function.Fn2;
import io.headrace.function.Fn3;
import io.headrace.function.ToDoubleFn;
import io.headrace.function.ToLongFn;
import io.headrace.type.Type;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Objects;

/**
 * The aggregates that need not be written: counts, sums, averages, extremes, and several at once.
 * For any other, implement {@link Aggregator}.
 *
 * <pre>{@code
 * payments.keyBy(Payment::account)
 *         .window(Windows.tumbling(Duration.ofMinutes(1)))
 *         .aggregate(
 *                 "spend-1m",
 *                 Aggregates.combined(
 *                         Aggregates.count(), Aggregates.sumLong(Payment::cents), Spend::new));
 * }</pre>
 *
 * <p><b>Exactness.</b> Counts, and sums and averages of longs and decimals, are exact: their
 * results depend on the set of values alone, never on their order, on the parallelism or on a
 * restart. What does not fit is an {@link ArithmeticException} that fails the job, never a wrapped
 * number. Sums and averages of doubles are compensated; see {@link #sumDouble}.
 *
 * <p><b>Empty.</b> A step never asks for the result of no values: a window without records does not
 * fire, and a record looks back at itself at least. Whoever asks nevertheless gets 0 from counts
 * and sums and null from all others.
 *
 * <p><b>Threading.</b> Every aggregator is immutable and may be shared. <b>State.</b> Accumulators
 * are stored under frozen names, {@code agg.count} and so on. Replacing one aggregate by another
 * under the same step name is refused when the job starts, unless both store the same.
 */
public final class Aggregates {
    /** How {@link #averageDecimal} divides: 34 digits, half even. */
    static final MathContext DIVISION = MathContext.DECIMAL128;

    private Aggregates() {}

    /** Counts the values. Exact; subtracts. */
    public static <T> Aggregator<T, ?, Long> count() {
        return new Count<>();
    }

    /**
     * Sums longs. Exact; subtracts. The sum may leave the range of {@code long} on the way; a
     * result outside of it is an {@link ArithmeticException}.
     */
    public static <T> Aggregator<T, ?, Long> sumLong(ToLongFn<? super T> function) {
        return new SumLong<>(Objects.requireNonNull(function, "function"));
    }

    /**
     * Sums doubles with Neumaier's compensation: the error is about one rounding of the result, not
     * one per value. The last bits may depend on the order in which partial sums are merged, and so
     * on the parallelism. Does not subtract, since that would make results depend on history.
     *
     * <p>NaN if a value is NaN or if there are infinities of both signs; infinite if there are some
     * of one sign, or if the sum of what came so far leaves the range of {@code double}. A sum of
     * zeros is 0.0, never -0.0.
     */
    public static <T> Aggregator<T, ?, Double> sumDouble(ToDoubleFn<? super T> function) {
        return new SumDouble<>(Objects.requireNonNull(function, "function"));
    }

    /**
     * Sums decimals. Exact; subtracts. The scale of the result is the largest among the values, and
     * at least 0: 1.50 + 1.5 is 3.00.
     *
     * @param function never returns null; a scale beyond ±1000 is an {@link ArithmeticException}
     */
    public static <T> Aggregator<T, ?, BigDecimal> sumDecimal(Fn<? super T, BigDecimal> function) {
        return new SumDecimal<>(Objects.requireNonNull(function, "function"));
    }

    /**
     * Averages longs: {@code (double) sum / count}, where the sum is exact and cannot overflow.
     * Subtracts.
     */
    public static <T> Aggregator<T, ?, Double> averageLong(ToLongFn<? super T> function) {
        return new AverageLong<>(Objects.requireNonNull(function, "function"));
    }

    /** Averages doubles: the sum of {@link #sumDouble} divided by the count. Does not subtract. */
    public static <T> Aggregator<T, ?, Double> averageDouble(ToDoubleFn<? super T> function) {
        return new AverageDouble<>(Objects.requireNonNull(function, "function"));
    }

    /**
     * Averages decimals: the sum of {@link #sumDecimal} divided by the count, rounded once to the
     * 34 digits of {@link MathContext#DECIMAL128}. Subtracts.
     */
    public static <T> Aggregator<T, ?, BigDecimal> averageDecimal(
            Fn<? super T, BigDecimal> function) {
        return new AverageDecimal<>(Objects.requireNonNull(function, "function"));
    }

    /** Finds the smallest long. Exact; does not subtract. */
    public static <T> Aggregator<T, ?, Long> minLong(ToLongFn<? super T> function) {
        return new ExtremeLong<>(Objects.requireNonNull(function, "function"), true);
    }

    /** Finds the largest long. Exact; does not subtract. */
    public static <T> Aggregator<T, ?, Long> maxLong(ToLongFn<? super T> function) {
        return new ExtremeLong<>(Objects.requireNonNull(function, "function"), false);
    }

    /**
     * Finds the smallest double, as {@link Math#min(double, double)} does: NaN if a value is NaN;
     * -0.0 is smaller than 0.0. Exact; does not subtract.
     */
    public static <T> Aggregator<T, ?, Double> minDouble(ToDoubleFn<? super T> function) {
        return new ExtremeDouble<>(Objects.requireNonNull(function, "function"), true);
    }

    /**
     * Finds the largest double, as {@link Math#max(double, double)} does: NaN if a value is NaN;
     * 0.0 is larger than -0.0. Exact; does not subtract.
     */
    public static <T> Aggregator<T, ?, Double> maxDouble(ToDoubleFn<? super T> function) {
        return new ExtremeDouble<>(Objects.requireNonNull(function, "function"), false);
    }

    /**
     * Finds the smallest value in natural order. Among values that compare as equal but are not, as
     * 1.0 and 1.00, it is the one that came first, which depends on the parallelism. Does not
     * subtract.
     *
     * @param function never returns null
     * @throws IllegalArgumentException if the type of the values cannot be read from the function
     */
    public static <T, V extends Comparable<? super V>> Aggregator<T, ?, V> min(
            Fn<? super T, ? extends V> function) {
        return min(function, valuesOf("min", function));
    }

    /** Finds the smallest value in natural order; the type of the values is given. */
    public static <T, V extends Comparable<? super V>> Aggregator<T, ?, V> min(
            Fn<? super T, ? extends V> function, Type<V> type) {
        return new Extreme<>(function, true, type);
    }

    /**
     * Finds the largest value in natural order. Among values that compare as equal but are not, as
     * 1.0 and 1.00, it is the one that came first, which depends on the parallelism. Does not
     * subtract.
     *
     * @param function never returns null
     * @throws IllegalArgumentException if the type of the values cannot be read from the function
     */
    public static <T, V extends Comparable<? super V>> Aggregator<T, ?, V> max(
            Fn<? super T, ? extends V> function) {
        return max(function, valuesOf("max", function));
    }

    /** Finds the largest value in natural order; the type of the values is given. */
    public static <T, V extends Comparable<? super V>> Aggregator<T, ?, V> max(
            Fn<? super T, ? extends V> function, Type<V> type) {
        return new Extreme<>(function, false, type);
    }

    /**
     * Computes two aggregates of the same values. As exact as its parts; subtracts if both do.
     *
     * @param function makes the result of those of the parts; must not keep state
     */
    public static <T, A, B, R> Aggregator<T, ?, R> combined(
            Aggregator<? super T, ?, ? extends A> first,
            Aggregator<? super T, ?, ? extends B> second,
            Fn2<? super A, ? super B, ? extends R> function) {
        return new Combined<>(
                List.of(Erased.aggregator(first), Erased.aggregator(second)),
                Combined.of(function),
                function);
    }

    /**
     * Computes three aggregates of the same values. As exact as its parts; subtracts if all do.
     * Nest {@code combined} for more.
     *
     * @param function makes the result of those of the parts; must not keep state
     */
    public static <T, A, B, C, R> Aggregator<T, ?, R> combined(
            Aggregator<? super T, ?, ? extends A> first,
            Aggregator<? super T, ?, ? extends B> second,
            Aggregator<? super T, ?, ? extends C> third,
            Fn3<? super A, ? super B, ? super C, ? extends R> function) {
        return new Combined<>(
                List.of(
                        Erased.aggregator(first),
                        Erased.aggregator(second),
                        Erased.aggregator(third)),
                Combined.of(function),
                function);
    }

    private static <V> Type<V> valuesOf(String aggregate, Fn<?, ?> function) {
        return Erased.type(
                Type.resultOf(function)
                        .orElseThrow(
                                () ->
                                        new IllegalArgumentException(
                                                "the type of the values cannot be read from the"
                                                        + " function: write Aggregates."
                                                        + aggregate
                                                        + "(function, Type.of(MyValue.class))")));
    }
}
