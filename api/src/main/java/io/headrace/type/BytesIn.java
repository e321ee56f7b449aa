package io.headrace.type;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Bytes that values are read from. Every method is total: it returns a value or throws {@link
 * DecodeException}, and never allocates more than {@link #remaining()}.
 *
 * <p>Not thread-safe. Does not copy the array.
 */
public final class BytesIn {
    private final byte[] bytes;
    private final int end;
    private int position;

    /** Reads a whole array. */
    public BytesIn(byte[] bytes) {
        this(bytes, 0, bytes.length);
    }

    /** Reads {@code length} bytes from {@code offset} on. */
    public BytesIn(byte[] bytes, int offset, int length) {
        if (offset < 0 || length < 0 || offset > bytes.length - length) {
            throw new IndexOutOfBoundsException(
                    "offset=" + offset + ", length=" + length + ", array=" + bytes.length);
        }
        this.bytes = bytes;
        this.position = offset;
        this.end = offset + length;
    }

    /** Returns how many bytes were not read yet. */
    public int remaining() {
        return end - position;
    }

    /** Reads one byte, -128 to 127. */
    public byte readByte() {
        require(1);
        return bytes[position++];
    }

    /** Reads a byte that is 0 or 1. */
    public boolean readBoolean() {
        byte value = readByte();
        if (value != 0 && value != 1) {
            throw new DecodeException("a boolean is 0 or 1, found " + value);
        }
        return value == 1;
    }

    /** Reads 4 bytes. */
    public int readInt() {
        require(4);
        int value =
                (bytes[position] & 0xFF) << 24
                        | (bytes[position + 1] & 0xFF) << 16
                        | (bytes[position + 2] & 0xFF) << 8
                        | (bytes[position + 3] & 0xFF);
        position += 4;
        return value;
    }

    /** Reads 8 bytes. */
    public long readLong() {
        long high = readInt();
        return high << 32 | (readInt() & 0xFFFFFFFFL);
    }

    /** Reads what {@link BytesOut#writeDouble} wrote. */
    public double readDouble() {
        return Double.longBitsToDouble(readLong());
    }

    /** Reads what {@link BytesOut#writeVarInt} wrote. */
    public int readVarInt() {
        int value = 0;
        for (int shift = 0; shift < 35; shift += 7) {
            byte next = readByte();
            value |= (next & 0x7F) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw new DecodeException("a variable-length int has at most 5 bytes");
    }

    /** Reads what {@link BytesOut#writeVarLong} wrote. */
    public long readVarLong() {
        long value = 0;
        for (int shift = 0; shift < 70; shift += 7) {
            byte next = readByte();
            value |= (long) (next & 0x7F) << shift;
            if (next >= 0) {
                return (value >>> 1) ^ -(value & 1);
            }
        }
        throw new DecodeException("a variable-length long has at most 10 bytes");
    }

    /** Reads a number of elements, each of which needs at least one byte. */
    public int readCount() {
        int count = readVarInt();
        if (count < 0 || count > remaining()) {
            throw new DecodeException(
                    "count " + count + " is more than the " + remaining() + " bytes that are left");
        }
        return count;
    }

    /** Reads a length and that many bytes. */
    public byte[] readBytes() {
        int length = readCount();
        byte[] value = Arrays.copyOfRange(bytes, position, position + length);
        position += length;
        return value;
    }

    /**
     * Takes the next bytes as bytes of their own, without a copy.
     *
     * @throws DecodeException if there are not that many, or the number is negative
     */
    public BytesIn readSlice(int length) {
        if (length < 0 || length > remaining()) {
            throw new DecodeException(
                    "length "
                            + length
                            + " is not within the "
                            + remaining()
                            + " bytes that are left");
        }
        BytesIn slice = new BytesIn(bytes, position, length);
        position += length;
        return slice;
    }

    /** Reads a length and that many bytes of UTF-8; malformed UTF-8 is an error. */
    public String readString() {
        int length = readCount();
        try {
            ByteBuffer encoded = ByteBuffer.wrap(bytes, position, length);
            String value = StandardCharsets.UTF_8.newDecoder().decode(encoded).toString();
            position += length;
            return value;
        } catch (CharacterCodingException malformed) {
            throw new DecodeException("malformed UTF-8 in a string of " + length + " bytes");
        }
    }

    private void require(int count) {
        if (end - position < count) {
            throw new DecodeException(
                    "needs " + count + " more bytes, " + remaining() + " are left");
        }
    }
}
