package io.headrace.testkit;

import java.util.ArrayList;
import java.util.List;

/** What a test lets happen on one split, in order. Kept as a whole: a restart reads it again. */
final class Script {
    private final List<Item> items = new ArrayList<>();

    /** One thing that happens on a split. */
    sealed interface Item {}

    /** A record comes. */
    record Value(Object value, long timestampMillis) implements Item {}

    /** Input comes that is no record. */
    record Unreadable(String position, String reason, byte[] raw) implements Item {}

    /** No earlier record will come. */
    record Watermark(long timestampMillis) implements Item {}

    /** All that exists was read. */
    record CaughtUp() implements Item {}

    /** Nothing comes any more. */
    record End() implements Item {}

    void add(Item item) {
        if (ended()) {
            throw new IllegalStateException("the split has ended: nothing can follow");
        }
        items.add(item);
    }

    int size() {
        return items.size();
    }

    Item item(int index) {
        return items.get(index);
    }

    boolean ended() {
        return !items.isEmpty() && items.get(items.size() - 1) instanceof End;
    }

    /** Returns whether a reader that has come this far knows that there is no more for now. */
    boolean caughtUpAt(int index) {
        return index > 0 && items.get(index - 1) instanceof CaughtUp;
    }

    /** Returns the watermark of a reader that has come this far, or the lowest of all times. */
    long watermarkAt(int index) {
        long highest = Long.MIN_VALUE;
        for (Item item : items.subList(0, index)) {
            if (item instanceof Watermark watermark) {
                highest = Math.max(highest, watermark.timestampMillis());
            }
        }
        return highest;
    }
}
