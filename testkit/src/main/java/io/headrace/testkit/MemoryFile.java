package io.headrace.testkit;

import java.util.Arrays;
import java.util.SplittableRandom;

/** The bytes of a file that only grows, and how many of them are durable. Not thread-safe. */
final class MemoryFile {
    /** What a disk writes as one; a power failure may leave it whole, gone, torn or garbage. */
    static final int SECTOR_BYTES = 512;

    private byte[] bytes = new byte[64];
    private int length;
    private int syncedLength;

    int length() {
        return length;
    }

    byte[] content() {
        return Arrays.copyOf(bytes, length);
    }

    void append(byte[] source, int offset, int count) {
        if (bytes.length - length < count) {
            bytes = Arrays.copyOf(bytes, Math.max(length + count, bytes.length * 2));
        }
        System.arraycopy(source, offset, bytes, length, count);
        length += count;
    }

    void sync() {
        syncedLength = length;
    }

    /** Loses what was not synced although it can still be read: what a failed sync leaves. */
    void forgetUnsynced(SplittableRandom random) {
        MemoryFile lost = afterPowerLoss(random);
        Arrays.fill(bytes, syncedLength, length, (byte) 0);
        System.arraycopy(lost.bytes, 0, bytes, 0, lost.length);
        syncedLength = length;
    }

    void flipBit(long bit) {
        bytes[(int) (bit / 8)] ^= (byte) (1 << (bit % 8));
    }

    /** Returns what is found when the machine is up again. */
    MemoryFile afterPowerLoss(SplittableRandom random) {
        MemoryFile found = new MemoryFile();
        found.bytes = content();
        found.length = syncedLength + random.nextInt(length - syncedLength + 1);
        if (random.nextInt(3) == 0) {
            found.length = length; // The length is often durable before the bytes are.
        }
        found.syncedLength = found.length;
        for (int start = syncedLength; start < found.length; ) {
            int end = Math.min((start / SECTOR_BYTES + 1) * SECTOR_BYTES, found.length);
            spoil(found.bytes, start, end, random);
            start = end;
        }
        return found;
    }

    private static void spoil(byte[] bytes, int start, int end, SplittableRandom random) {
        switch (random.nextInt(5)) {
            case 0 -> Arrays.fill(bytes, start, end, (byte) 0);
            case 1 -> Arrays.fill(bytes, start + random.nextInt(end - start), end, (byte) 0);
            case 2 -> {
                byte[] garbage = new byte[end - start];
                random.nextBytes(garbage);
                System.arraycopy(garbage, 0, bytes, start, garbage.length);
            }
            default -> {
                // The sector was written.
            }
        }
    }
}
