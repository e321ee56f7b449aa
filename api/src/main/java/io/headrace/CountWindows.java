package io.headrace;

/**
 * Windows of numbers of records of a key, in the order of their arrival: results follow the order
 * in which splits are read. Made by {@link Windows}.
 *
 * <p>The end of the input fires the window that is not complete. A key is kept while it has one,
 * with overlapping windows until the end.
 *
 * @param size how many records a window has
 * @param slide after how many records the next begins; the size if they do not overlap
 */
public record CountWindows(long size, long slide) implements Windows {
    /** Checks size and slide. */
    public CountWindows {
        if (size < 1) {
            throw new IllegalArgumentException(
                    "the size of a count window is " + size + ", must be at least 1");
        }
        if (slide < 1 || slide > size) {
            throw new IllegalArgumentException(
                    "the slide of a count window is "
                            + slide
                            + ", must be from 1 to its size "
                            + size);
        }
    }
}
