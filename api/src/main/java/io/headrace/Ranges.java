package io.headrace;

import io.headrace.function.Fn;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * Finds the range that a record is in. A boundary belongs to the range above it.
 *
 * @param <T> the records
 * @param <C> what they are ordered by
 */
final class Ranges<T, C extends Comparable<? super C>> implements Fn<T, KeyRange> {
    private static final long serialVersionUID = 1L;

    private final Fn<? super T, ? extends C> key;

    @SuppressWarnings("serial") // What List.copyOf returns is serializable.
    private final List<C> boundaries;

    @SuppressWarnings("serial") // As above.
    private final List<KeyRange> ranges;

    private Ranges(Fn<? super T, ? extends C> key, List<? extends C> boundaries) {
        this.key = key;
        this.boundaries = List.copyOf(boundaries);
        this.ranges = numbered(boundaries.size() + 1);
    }

    /**
     * Creates ranges that a user gave.
     *
     * @param boundaries rising, each once
     * @throws IllegalArgumentException naming the boundary that is none, and what to do
     */
    static <T, C extends Comparable<? super C>> Ranges<T, C> given(
            Fn<? super T, ? extends C> key, List<? extends C> boundaries) {
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(boundaries, "boundaries");
        requireCount(boundaries.size());
        for (int i = 0; i < boundaries.size(); i++) {
            requireBoundary(i, boundaries.get(i));
            if (i > 0) {
                requireRising(i, boundaries.get(i - 1), boundaries.get(i));
            }
        }
        return new Ranges<>(key, boundaries);
    }

    /**
     * Creates ranges of what was found. Where several boundaries are equal, those between them are
     * empty, so that the others keep their places.
     *
     * @param boundaries not falling
     */
    static <T, C extends Comparable<? super C>> Ranges<T, C> sampled(
            Fn<? super T, ? extends C> key, List<C> boundaries) {
        return new Ranges<>(key, boundaries);
    }

    private static List<KeyRange> numbered(int count) {
        List<KeyRange> ranges = new ArrayList<>();
        for (int index = 0; index < count; index++) {
            ranges.add(new KeyRange(index, count));
        }
        return List.copyOf(ranges);
    }

    private static void requireCount(int boundaries) {
        if (boundaries < 1 || boundaries >= KeyRange.COUNT_MAX) {
            throw new IllegalArgumentException(
                    "partitionByRange has "
                            + boundaries
                            + " boundaries, must be 1 to "
                            + (KeyRange.COUNT_MAX - 1)
                            + ": n boundaries make n + 1 ranges");
        }
    }

    private static void requireBoundary(int at, Object boundary) {
        if (boundary == null) {
            throw new IllegalArgumentException("boundary " + at + " is null: leave it out");
        }
        boolean noNumber =
                boundary instanceof Double wide && wide.isNaN()
                        || boundary instanceof Float narrow && narrow.isNaN();
        if (noNumber) {
            throw new IllegalArgumentException(
                    "boundary " + at + " is NaN, which is no number: leave it out");
        }
        if (boundary.toString().equals(identity(boundary))) {
            throw new IllegalArgumentException(
                    "boundary "
                            + at
                            + " of "
                            + boundary.getClass().getName()
                            + " has no text of its own: write toString, because checkpoints name"
                            + " the boundaries");
        }
    }

    private static String identity(Object value) {
        return value.getClass().getName()
                + "@"
                + Integer.toHexString(System.identityHashCode(value));
    }

    private static <C extends Comparable<? super C>> void requireRising(
            int at, C before, C boundary) {
        if (before.compareTo(boundary) >= 0) {
            throw new IllegalArgumentException(
                    "boundary "
                            + at
                            + ", "
                            + boundary
                            + ", is not larger than the one before, "
                            + before
                            + ": give them in rising order, each once");
        }
    }

    /** Returns the range of a record, or null if what it is ordered by is null. */
    @Override
    public KeyRange apply(T value) throws Exception {
        C found = key.apply(value);
        return found == null ? null : ranges.get(rangeOf(found));
    }

    /** Returns how many boundaries are not above a value. */
    private int rangeOf(C found) {
        int low = 0;
        int high = boundaries.size();
        while (low < high) {
            final int middle = (low + high) >>> 1;
            if (boundaries.get(middle).compareTo(found) <= 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** Returns where the ranges begin, as text for checkpoints and people; others have another. */
    String described() {
        return boundaries.stream().map(Ranges::escaped).collect(Collectors.joining(", "));
    }

    private static String escaped(Object boundary) {
        return boundary.toString().replace("\\", "\\\\").replace(",", "\\,");
    }
}
