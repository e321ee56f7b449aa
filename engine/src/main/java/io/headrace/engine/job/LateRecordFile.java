package io.headrace.engine.job;

import io.headrace.kernel.chain.LateRecord;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A sample of the late records that no step asked for: {@code late-records.jsonl} beside the state,
 * one line of JSON each.
 *
 * <p>It shows people what comes late; how many came is counted elsewhere. So it is written behind
 * each durable checkpoint and not as part of it: no line is there twice, and those of the last
 * checkpoint before a crash may be missing.
 */
final class LateRecordFile implements Consumer<List<LateRecord>> {
    /** Enough to see what is wrong, and nothing that fills a disk. */
    static final long SIZE_BYTES_MAX = 1L << 20;

    static final String FILE = "late-records.jsonl";

    private static final Logger LOG = LoggerFactory.getLogger(LateRecordFile.class);

    private final Path file;

    LateRecordFile(Path directory) {
        this.file = directory.resolve(FILE);
    }

    @Override
    public void accept(List<LateRecord> records) {
        try (FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            ByteBuffer lines = ByteBuffer.allocate((int) Math.max(0, room(channel)));
            for (LateRecord record : records) {
                byte[] line = line(record).getBytes(StandardCharsets.UTF_8);
                if (line.length > lines.remaining()) {
                    break;
                }
                lines.put(line);
            }
            lines.flip();
            while (lines.hasRemaining()) {
                channel.write(lines);
            }
        } catch (IOException failed) {
            LOG.warn("the sample of late records was not written: {}", failed.toString());
        }
    }

    private static long room(FileChannel channel) throws IOException {
        return SIZE_BYTES_MAX - channel.size();
    }

    private static String line(LateRecord record) {
        StringBuilder line = new StringBuilder("{");
        DeadLetterLine.field("step", record.step(), line).append(',');
        DeadLetterLine.field("key", record.key(), line).append(',');
        line.append("\"timestamp\":").append(record.timestampMillis()).append(',');
        line.append("\"watermark\":").append(record.watermarkMillis()).append(',');
        return DeadLetterLine.field("record", record.record(), line).append("}\n").toString();
    }
}
