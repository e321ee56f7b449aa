package io.headrace.kernel.checkpoint;

import io.headrace.type.BytesIn;
import io.headrace.type.BytesOut;
import io.headrace.type.DecodeException;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.zip.CRC32C;

/**
 * A file that holds the state of one step for a range of key groups.
 *
 * <pre>
 * magic "HRST" · int header length · header · int CRC32C
 * block: int length · payload · int CRC32C          of each key group, one after another
 * entry: varint state · boolean has user key · bytes key · [bytes user key] · bytes value
 * </pre>
 *
 * <p>A checksum covers the block and its place in the file, so that a block that was read from the
 * wrong place is found too. Each key group begins a block; an entry may go on in the next block.
 */
public final class StateFile {
    /** A block, with its length and its checksum, is at most this long. */
    static final int BLOCK_BYTES_MAX = 64 * 1024;

    /** Far more than the schemas of any step; stops a damaged length from filling memory. */
    static final int HEADER_BYTES_MAX = 16 * 1024 * 1024;

    private static final int PAYLOAD_BYTES_MAX = BLOCK_BYTES_MAX - 8;
    private static final int MAGIC = 0x48525354;

    private StateFile() {}

    /**
     * Returns the name of the file for a range of key groups of a step, relative to the checkpoint.
     */
    public static String name(String step, int firstGroup, int lastGroup) {
        return String.format("%s/kg-%03d-%03d.hrs", StepNames.escape(step), firstGroup, lastGroup);
    }

    /** Returns the name of the file for what a step keeps without a key. */
    public static String operatorName(String step) {
        return StepNames.escape(step) + "/op.hrs";
    }

    /**
     * Writes, syncs and closes a file. Its directory must exist and is not synced.
     *
     * @param directory of the checkpoint
     * @param name relative to the directory
     * @return the entry for the manifest
     */
    public static FileEntry write(
            Store store, String directory, String name, StepSchema schema, KeyGroupBuffers buffers)
            throws IOException {
        try (Store.FileOut file = store.create(directory + "/" + name)) {
            BlockWriter out = new BlockWriter(file);
            out.header(header(schema, buffers).write());
            for (int group = buffers.firstGroup(); group <= buffers.lastGroup(); group++) {
                out.group(buffers.array(group), buffers.sizeBytes(group));
            }
            file.sync();
            return new FileEntry(name, out.offset, Sha256.hex(out.digest));
        }
    }

    /** The files of a savepoint stand in the root of their store, whose name is empty. */
    private static String path(String directory, FileEntry file) {
        return directory.isEmpty() ? file.name() : directory + "/" + file.name();
    }

    private static StateFileHeader header(StepSchema schema, KeyGroupBuffers buffers) {
        int first = buffers.firstGroup();
        int groups = buffers.lastGroup() - first + 1;
        StateFileHeader header =
                new StateFileHeader(schema, first, new long[groups + 1], new long[groups]);
        long offset = 12L + header.write().length;
        for (int i = 0; i < groups; i++) {
            header.offsets()[i] = offset;
            header.counts()[i] = buffers.count(first + i);
            long size = buffers.sizeBytes(first + i);
            offset += size + 8 * ((size + PAYLOAD_BYTES_MAX - 1) / PAYLOAD_BYTES_MAX);
        }
        header.offsets()[groups] = offset;
        return header;
    }

    /** Reads what a file holds without its entries. */
    public static StepSchema readSchema(Store store, String directory, FileEntry file)
            throws IOException {
        try (InputStream in = store.open(path(directory, file))) {
            return new BlockReader(in, file).header().schema();
        }
    }

    /**
     * Reads the entries of a range of key groups; a file that has none of them gives nothing. A
     * subtask of another parallelism reads every file of its step with its own range. One key group
     * is in memory at a time.
     *
     * @throws DecodeException if a single bit of the file is not what was written; entries may have
     *     been given before
     */
    public static void read(
            Store store, String directory, FileEntry file, GroupRange range, EntryConsumer consumer)
            throws IOException {
        try (InputStream in = store.open(path(directory, file))) {
            BlockReader reader = new BlockReader(in, file);
            StateFileHeader header = reader.header();
            BytesOut payload = new BytesOut(BLOCK_BYTES_MAX);
            for (int i = 0; i < header.counts().length; i++) {
                int group = header.firstGroup() + i;
                payload.clear();
                reader.group(header.offsets()[i], header.offsets()[i + 1], payload);
                if (range.contains(group)) {
                    GroupEntries entries = new GroupEntries(group, header);
                    entries.read(new BytesIn(payload.array(), 0, payload.size()), consumer);
                }
            }
            reader.end();
        }
    }

    /**
     * A range of key groups.
     *
     * @param first the first key group
     * @param last the last key group, included
     */
    public record GroupRange(int first, int last) {
        /** Returns whether the range has a key group. */
        public boolean contains(int group) {
            return group >= first && group <= last;
        }
    }

    /** Reads the entries of one key group. */
    private record GroupEntries(int group, StateFileHeader header) {
        void read(BytesIn in, EntryConsumer consumer) {
            long count = header.counts()[group - header.firstGroup()];
            for (long i = 0; i < count; i++) {
                int stateId = in.readVarInt();
                if (stateId < 0 || stateId >= header.schema().states().size()) {
                    throw new DecodeException("state " + stateId + " is not in the header");
                }
                boolean hasUserKey = in.readBoolean();
                BytesIn key = in.readSlice(in.readCount());
                BytesIn userKey = hasUserKey ? in.readSlice(in.readCount()) : null;
                consumer.entry(group, stateId, key, userKey, in.readSlice(in.readCount()));
            }
            if (in.remaining() != 0) {
                throw new DecodeException("key group " + group + " has more than its entries");
            }
        }
    }

    private static int checksum(long offset, byte[] bytes, int length) {
        CRC32C checksum = new CRC32C();
        for (int shift = 56; shift >= 0; shift -= 8) {
            checksum.update((int) (offset >>> shift) & 0xFF);
        }
        checksum.update(bytes, 0, length);
        return (int) checksum.getValue();
    }

    /** Writes header and blocks and keeps count. */
    private static final class BlockWriter {
        private final Store.FileOut file;
        private final MessageDigest digest = Sha256.digest();
        private final BytesOut block = new BytesOut(BLOCK_BYTES_MAX);
        private long offset;

        BlockWriter(Store.FileOut file) {
            this.file = file;
        }

        void header(byte[] header) throws IOException {
            block.writeInt(MAGIC);
            block.writeInt(header.length);
            block.write(header, 0, header.length);
            flush();
        }

        void group(byte[] bytes, int size) throws IOException {
            for (int at = 0; at < size; at += PAYLOAD_BYTES_MAX) {
                int length = Math.min(PAYLOAD_BYTES_MAX, size - at);
                block.writeInt(length);
                block.write(bytes, at, length);
                flush();
            }
        }

        private void flush() throws IOException {
            block.writeInt(checksum(offset, block.array(), block.size()));
            file.write(block.array(), 0, block.size());
            digest.update(block.array(), 0, block.size());
            offset += block.size();
            block.clear();
        }
    }

    /** Reads header and blocks and verifies them. */
    private static final class BlockReader {
        private final InputStream in;
        private final FileEntry file;
        private final MessageDigest digest = Sha256.digest();
        private final BytesOut block = new BytesOut(BLOCK_BYTES_MAX);
        private long offset;

        BlockReader(InputStream in, FileEntry file) {
            this.in = in;
            this.file = file;
        }

        StateFileHeader header() throws IOException {
            fill(8);
            BytesIn start = new BytesIn(block.array(), 0, 8);
            if (start.readInt() != MAGIC) {
                throw damaged("it does not begin as a file of state");
            }
            int length = start.readInt();
            if (length < 0 || length > HEADER_BYTES_MAX) {
                throw damaged("its header has " + length + " bytes");
            }
            fill(length);
            verify();
            StateFileHeader header = StateFileHeader.read(new BytesIn(block.array(), 8, length));
            if (header.offsets()[0] != offset + block.size()) {
                throw damaged("its index does not begin behind the header");
            }
            next();
            return header;
        }

        void group(long start, long end, BytesOut payload) throws IOException {
            if (start != offset || end < start) {
                throw damaged("its index does not match its blocks");
            }
            while (offset < end) {
                fill(4);
                int length = new BytesIn(block.array(), 0, 4).readInt();
                if (length <= 0 || length > PAYLOAD_BYTES_MAX || length + 8 > end - offset) {
                    throw damaged("a block has " + length + " bytes");
                }
                fill(length);
                verify();
                payload.write(block.array(), 4, length);
                next();
            }
        }

        void end() throws IOException {
            if (in.read() >= 0 || offset != file.length()) {
                throw damaged("it is not " + file.length() + " bytes long");
            }
            if (!Sha256.hex(digest).equals(file.sha256())) {
                throw damaged("its SHA-256 is not that of the manifest");
            }
        }

        /** Appends bytes of the file to the block, as many as there really are at a time. */
        private void fill(int length) throws IOException {
            byte[] bytes = in.readNBytes(length);
            if (bytes.length < length) {
                throw damaged("it ends early");
            }
            block.write(bytes, 0, length);
        }

        private void verify() throws IOException {
            int size = block.size();
            fill(4);
            int expected = new BytesIn(block.array(), size, 4).readInt();
            if (checksum(offset, block.array(), size) != expected) {
                throw damaged("a block has a wrong checksum");
            }
        }

        private void next() {
            digest.update(block.array(), 0, block.size());
            offset += block.size();
            block.clear();
        }

        private DecodeException damaged(String what) {
            return new DecodeException(
                    "file of state " + file.name() + " at byte " + offset + ": " + what);
        }
    }
}
