package io.headrace.examples.fraud;

import java.util.Arrays;

/**
 * The times at which one terminal was used, sorted; equal times stand side by side.
 *
 * <p>An immutable value: a change makes a new one that shares all blocks but the one it touches. A
 * terminal of the usual size is one block of a few dozen times; one that is used all the time is
 * many, and a change still copies little.
 *
 * @param blocks sorted, none of them empty; never changed
 */
record TerminalTimes(long[][] blocks) {
    /** The most times in a block: 1 KiB to copy. */
    static final int BLOCK_MAX = 128;

    static final TerminalTimes NONE = new TerminalTimes(new long[0][]);

    boolean isEmpty() {
        return blocks.length == 0;
    }

    /** Returns the newest time; there must be one. */
    long last() {
        long[] block = blocks[blocks.length - 1];
        return block[block.length - 1];
    }

    /** Returns how many times are at or before the given one. */
    int countUpTo(long time) {
        int count = 0;
        int index = 0;
        while (index < blocks.length && blocks[index][0] <= time) {
            long[] block = blocks[index++];
            boolean whole = block[block.length - 1] <= time;
            count += whole ? block.length : placeAfter(block, time);
        }
        return count;
    }

    /** Returns the index of the first time after the given one. */
    private static int placeAfter(long[] block, long time) {
        int from = 0;
        int to = block.length;
        while (from < to) {
            int middle = (from + to) >>> 1;
            if (block[middle] <= time) {
                from = middle + 1;
            } else {
                to = middle;
            }
        }
        return from;
    }

    /** Returns these times and one more. */
    TerminalTimes with(long time) {
        if (isEmpty()) {
            return new TerminalTimes(new long[][] {{time}});
        }
        int index = blocks.length - 1;
        while (index > 0 && blocks[index][0] > time) {
            index--;
        }
        long[] block = blocks[index];
        if (block.length == BLOCK_MAX) {
            return time >= block[BLOCK_MAX - 1]
                    ? withBlock(index + 1, new long[] {time})
                    : split(index).with(time);
        }
        int place = placeAfter(block, time);
        long[] longer = new long[block.length + 1];
        System.arraycopy(block, 0, longer, 0, place);
        longer[place] = time;
        System.arraycopy(block, place, longer, place + 1, block.length - place);
        long[][] changed = blocks.clone();
        changed[index] = longer;
        return new TerminalTimes(changed);
    }

    private TerminalTimes withBlock(int index, long[] block) {
        long[][] more = new long[blocks.length + 1][];
        System.arraycopy(blocks, 0, more, 0, index);
        more[index] = block;
        System.arraycopy(blocks, index, more, index + 1, blocks.length - index);
        return new TerminalTimes(more);
    }

    private TerminalTimes split(int index) {
        long[] block = blocks[index];
        TerminalTimes both = withBlock(index, Arrays.copyOf(block, BLOCK_MAX / 2));
        both.blocks[index + 1] = Arrays.copyOfRange(block, BLOCK_MAX / 2, BLOCK_MAX);
        return both;
    }

    /** Returns the times after the given one. */
    TerminalTimes after(long time) {
        if (isEmpty() || blocks[0][0] > time) {
            return this;
        }
        int index = 0;
        while (index < blocks.length && blocks[index][blocks[index].length - 1] <= time) {
            index++;
        }
        long[][] rest = Arrays.copyOfRange(blocks, index, blocks.length);
        if (rest.length > 0) {
            rest[0] = Arrays.copyOfRange(rest[0], placeAfter(rest[0], time), rest[0].length);
        }
        return new TerminalTimes(rest);
    }
}
