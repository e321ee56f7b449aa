package io.headrace.kernel.time;

import java.util.List;
import java.util.Objects;

/**
 * How far the time of a split is: what is saved with its position.
 *
 * @param maxTimestamp the highest timestamp seen, {@link SplitWatermark#NONE} if none was
 * @param records how many records were read from it so far
 * @param generator what its watermark generator said last, then what that keeps; empty without one
 */
public record SplitTime(long maxTimestamp, long records, List<Long> generator) {
    /** That of a split of which nothing was read. */
    public static final SplitTime START = new SplitTime(SplitWatermark.NONE, 0, List.of());

    /** Copies the list. */
    public SplitTime {
        generator = List.copyOf(Objects.requireNonNull(generator, "generator"));
    }
}
