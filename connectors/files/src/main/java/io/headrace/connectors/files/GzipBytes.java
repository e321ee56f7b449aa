package io.headrace.connectors.files;

import io.headrace.connector.ConnectorException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * The content of a gzip file (RFC 1952): that of its members, one after the other. Offsets are
 * those of the content. It can only be read from the start, so that going on at an offset reads,
 * and drops, all before it.
 *
 * <p>The stream of the JDK is not used since it takes a second member that is cut off in its header
 * for the end. Here a file ends where a member ends, or it is an error.
 */
final class GzipBytes implements FileBytes {
    private static final int INPUT_BYTES = 64 * 1024;

    /** So much is dropped per call: some milliseconds. */
    private static final int DROPPED_BYTES = 1024 * 1024;

    private static final int HEADER_CRC = 2;
    private static final int EXTRA = 4;
    private static final int NAME = 8;
    private static final int COMMENT = 16;

    private final Path file;
    private final FileChannel channel;
    private final Inflater inflater = new Inflater(true);
    private final CRC32 checksum = new CRC32();
    private final ByteBuffer input =
            ByteBuffer.allocate(INPUT_BYTES).order(ByteOrder.LITTLE_ENDIAN).limit(0);
    private final ByteBuffer dropped = ByteBuffer.allocate(INPUT_BYTES);
    private boolean begun;
    private boolean inMember;
    private long offset;

    private GzipBytes(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    static GzipBytes open(Path file) throws IOException {
        return new GzipBytes(file, FileChannel.open(file, StandardOpenOption.READ));
    }

    @Override
    public boolean goTo(long target) throws IOException {
        long stop = Math.min(target, offset + DROPPED_BYTES);
        while (offset < stop) {
            dropped.clear().limit((int) Math.min(dropped.capacity(), stop - offset));
            if (read(dropped, offset) < 0) {
                throw damaged("its content ends at byte " + offset + ", the job is behind it");
            }
        }
        return offset == target;
    }

    @Override
    public int read(ByteBuffer target, long from) throws IOException {
        if (from != offset) {
            throw new IllegalStateException("at " + offset + ", asked for " + from);
        }
        int start = target.position();
        while (target.position() == start) {
            if (!inMember && !beginMember()) {
                return -1;
            }
            inflate(target);
        }
        int count = target.position() - start;
        offset += count;
        return count;
    }

    private void inflate(ByteBuffer target) throws IOException {
        if (inflater.needsInput()) {
            require(1);
            inflater.setInput(input);
        }
        int start = target.position();
        try {
            inflater.inflate(target);
        } catch (DataFormatException wrong) {
            throw damaged("its compressed data are wrong: " + wrong.getMessage());
        }
        checksum.update(target.duplicate().flip().position(start));
        if (inflater.finished()) {
            endMember();
        } else if (inflater.needsDictionary()) {
            throw damaged("it asks for a dictionary");
        }
    }

    /** Reads the header of a member; returns false at the end of the file. */
    private boolean beginMember() throws IOException {
        if (begun && !input.hasRemaining() && !fill()) {
            return false;
        }
        begun = true;
        if (nextByte() != 0x1F || nextByte() != 0x8B || nextByte() != 8) {
            throw damaged("no member begins in front of byte " + place());
        }
        int flags = nextByte();
        skip(6); // Time, flags of the compressor, operating system.
        if ((flags & EXTRA) != 0) {
            skip(nextByte() | nextByte() << 8);
        }
        for (int text = flags & (NAME | COMMENT); text != 0; text &= text - 1) {
            while (nextByte() != 0) {
                continue;
            }
        }
        skip((flags & HEADER_CRC) != 0 ? 2 : 0);
        inMember = true;
        return true;
    }

    private void endMember() throws IOException {
        require(8);
        long sum = Integer.toUnsignedLong(input.getInt());
        int size = input.getInt();
        if (sum != checksum.getValue() || size != (int) inflater.getBytesWritten()) {
            throw damaged("checksum or size is wrong at the end of the member, byte " + place());
        }
        inflater.reset();
        checksum.reset();
        inMember = false;
    }

    private int nextByte() throws IOException {
        require(1);
        return input.get() & 0xFF;
    }

    private void skip(int count) throws IOException {
        for (int i = 0; i < count; i++) {
            nextByte();
        }
    }

    private void require(int count) throws IOException {
        while (input.remaining() < count) {
            if (!fill()) {
                throw damaged(
                        "it ends inside a member, at byte "
                                + channel.position()
                                + ", after "
                                + offset
                                + " bytes of content: the rest is missing");
            }
        }
    }

    private boolean fill() throws IOException {
        input.compact();
        int count = channel.read(input);
        input.flip();
        return count > 0;
    }

    /** Returns how far the file is read. */
    private long place() throws IOException {
        return channel.position() - input.remaining();
    }

    private ConnectorException damaged(String what) {
        return ConnectorException.fatal(
                file.toAbsolutePath()
                        + " is truncated or damaged gzip: "
                        + what
                        + "; get the whole file again, and start the job over",
                null);
    }

    @Override
    public void close() throws IOException {
        inflater.end();
        channel.close();
    }
}
