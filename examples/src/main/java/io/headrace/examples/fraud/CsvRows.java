package io.headrace.examples.fraud;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;

/**
 * Writes CSV rows byte by byte: numbers, times and separators, no quoting, lines end with LF.
 *
 * <p>Nothing here asks the locale, the time zone or the platform. One thread; the caller owns the
 * channel.
 */
final class CsvRows {
    private static final int BUFFER_BYTES = 1 << 16;

    /** The longest row by far; room for it is made before a row starts. */
    private static final int ROW_BYTES_MAX = 256;

    private final FileChannel channel;
    private final byte[] bytes = new byte[BUFFER_BYTES];
    private int position;

    CsvRows(FileChannel channel, String header) throws IOException {
        this.channel = channel;
        text(header.getBytes(StandardCharsets.US_ASCII)).endRow();
    }

    /** Appends bytes as they are. */
    CsvRows text(byte[] ascii) {
        System.arraycopy(ascii, 0, bytes, position, ascii.length);
        position += ascii.length;
        return this;
    }

    CsvRows comma() {
        bytes[position++] = ',';
        return this;
    }

    /** Appends a number that is not negative. */
    CsvRows number(long value) {
        int end = position;
        long rest = value;
        do {
            end++;
            rest /= 10;
        } while (rest > 0);
        rest = value;
        for (int i = end - 1; i >= position; i--) {
            bytes[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        position = end;
        return this;
    }

    /** Appends cents as a decimal with two places. */
    CsvRows amount(int cents) {
        number(cents / 100);
        bytes[position++] = '.';
        return twoDigits(cents % 100);
    }

    /** Appends what follows the {@code T} of an ISO instant. */
    CsvRows timeOfDay(int second) {
        twoDigits(second / 3600);
        bytes[position++] = ':';
        twoDigits(second / 60 % 60);
        bytes[position++] = ':';
        twoDigits(second % 60);
        bytes[position++] = 'Z';
        return this;
    }

    private CsvRows twoDigits(int value) {
        bytes[position++] = (byte) ('0' + value / 10);
        bytes[position++] = (byte) ('0' + value % 10);
        return this;
    }

    /** Ends the row, and makes room for the next by writing the buffer to the file. */
    void endRow() throws IOException {
        bytes[position++] = '\n';
        if (position > BUFFER_BYTES - ROW_BYTES_MAX) {
            flush();
        }
    }

    /** Hands all rows to the channel; without it the last ones stay here. */
    void flush() throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(bytes, 0, position);
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
        position = 0;
    }
}
