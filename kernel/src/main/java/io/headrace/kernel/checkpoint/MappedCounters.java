package io.headrace.kernel.checkpoint;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Counters in a mapped file: a store to memory that the operating system writes back, whether the
 * process lives or not.
 */
final class MappedCounters implements Store.Counters {
    private static final VarHandle LONGS =
            MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private final ByteBuffer mapped;
    private final int slots;

    private MappedCounters(ByteBuffer mapped, int slots) {
        this.mapped = mapped;
        this.slots = slots;
    }

    static MappedCounters open(Path file, int slots) throws IOException {
        try (FileChannel channel =
                FileChannel.open(
                        file,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE)) {
            long sizeBytes = (long) slots * Long.BYTES;
            if (channel.size() > sizeBytes) {
                channel.truncate(sizeBytes);
            }
            return new MappedCounters(
                    channel.map(FileChannel.MapMode.READ_WRITE, 0, sizeBytes), slots);
        }
    }

    @Override
    public int slots() {
        return slots;
    }

    @Override
    public long get(int slot) {
        return (long) LONGS.getAcquire(mapped, slot * Long.BYTES);
    }

    @Override
    public void set(int slot, long value) {
        LONGS.setRelease(mapped, slot * Long.BYTES, value);
    }

    @Override
    public void close() {
        // The mapping goes with the buffer: a late set must not hit memory of somebody else.
    }
}
