package io.headrace.type;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A growing buffer of bytes that values are written to. Fixed-width numbers are big-endian.
 *
 * <p>Not thread-safe. Grows up to {@link #SIZE_BYTES_MAX}.
 */
public final class BytesOut {
    /** The largest size: an array of bytes cannot be longer. */
    public static final int SIZE_BYTES_MAX = Integer.MAX_VALUE - 8;

    private byte[] bytes;
    private int size;

    /** Creates an empty buffer with room for the given number of bytes. */
    public BytesOut(int initialBytes) {
        bytes = new byte[Math.max(16, initialBytes)];
    }

    /** Returns how many bytes were written. */
    public int size() {
        return size;
    }

    /** Returns the array that holds the bytes; valid until the next write. */
    public byte[] array() {
        return bytes;
    }

    /** Returns a copy of what was written. */
    public byte[] toByteArray() {
        return Arrays.copyOf(bytes, size);
    }

    /** Forgets what was written and keeps the room. */
    public void clear() {
        size = 0;
    }

    /** Forgets what was written after the first {@code newSize} bytes. */
    public void truncate(int newSize) {
        if (newSize < 0 || newSize > size) {
            throw new IllegalArgumentException("newSize=" + newSize + ", size=" + size);
        }
        size = newSize;
    }

    /** Writes the lowest 8 bits. */
    public void writeByte(int value) {
        reserve(1);
        bytes[size++] = (byte) value;
    }

    /** Writes one byte, 1 or 0. */
    public void writeBoolean(boolean value) {
        writeByte(value ? 1 : 0);
    }

    /** Writes 4 bytes. */
    public void writeInt(int value) {
        reserve(4);
        final byte[] b = bytes;
        final int at = size;
        b[at] = (byte) (value >>> 24);
        b[at + 1] = (byte) (value >>> 16);
        b[at + 2] = (byte) (value >>> 8);
        b[at + 3] = (byte) value;
        size = at + 4;
    }

    /** Writes 8 bytes. */
    public void writeLong(long value) {
        writeInt((int) (value >>> 32));
        writeInt((int) value);
    }

    /** Writes the 8 bytes of {@link Double#doubleToRawLongBits}. */
    public void writeDouble(double value) {
        writeLong(Double.doubleToRawLongBits(value));
    }

    /** Writes 1 to 5 bytes, 7 bits in each, lowest first: short for small positive numbers. */
    public void writeVarInt(int value) {
        int rest = value;
        while ((rest & ~0x7F) != 0) {
            writeByte((rest & 0x7F) | 0x80);
            rest >>>= 7;
        }
        writeByte(rest);
    }

    /** Writes 1 to 10 bytes, zigzag coded: short for numbers near zero of either sign. */
    public void writeVarLong(long value) {
        long rest = (value << 1) ^ (value >> 63);
        while ((rest & ~0x7FL) != 0) {
            writeByte((int) (rest & 0x7F) | 0x80);
            rest >>>= 7;
        }
        writeByte((int) rest);
    }

    /** Writes the length, then the UTF-8 bytes; an unpaired surrogate becomes {@code ?}. */
    public void writeString(String value) {
        writeBytes(value.getBytes(StandardCharsets.UTF_8));
    }

    /** Writes the length, then the bytes. */
    public void writeBytes(byte[] value) {
        writeVarInt(value.length);
        write(value, 0, value.length);
    }

    /** Writes bytes without their length. */
    public void write(byte[] source, int offset, int length) {
        reserve(length);
        System.arraycopy(source, offset, bytes, size, length);
        size += length;
    }

    private void reserve(int more) {
        if (bytes.length - size < more) {
            grow(more);
        }
    }

    private void grow(int more) {
        long needed = (long) size + more;
        if (needed > SIZE_BYTES_MAX) {
            throw new IllegalStateException(
                    "value of " + needed + " bytes is larger than the limit " + SIZE_BYTES_MAX);
        }
        bytes = Arrays.copyOf(bytes, (int) Math.min(SIZE_BYTES_MAX, Math.max(needed, size * 2L)));
    }
}
