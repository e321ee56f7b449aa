package io.headrace.engine.job;

import io.headrace.connector.ConnectorException;
import io.headrace.kernel.checkpoint.SyncFailedException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.LongStream;

/**
 * What is true of the dead letters of a state directory. It is one small file that is replaced by a
 * rename, and that rename is the only thing that ever decides: letters that were appended count
 * once the marker says so, and letters that were taken out are redriven once it says so.
 *
 * @param lineage of the epochs
 * @param epoch the last one that was applied
 * @param length how much of the file of letters counts, in bytes
 * @param nextId the id of the next letter
 * @param dropped how many letters were not kept because the file was full
 * @param generation which file of letters; it is written anew when letters are taken out
 * @param redrives how many batches were redriven
 * @param owner the process that fenced last
 */
record DeadLetterMarker(
        String lineage,
        long epoch,
        long length,
        long nextId,
        long dropped,
        long generation,
        long redrives,
        long owner) {
    private static final String MARKER = "dead-letters.marker";
    private static final String REDRIVE = "redrive";
    private static final int NUMBERS = 7;

    /** Reads the marker of a directory; a fresh one if there is none. */
    static DeadLetterMarker read(Path directory, String lineage) {
        try {
            String[] parts = Files.readString(directory.resolve(MARKER)).strip().split(" ");
            if (parts.length != NUMBERS + 1) {
                throw new IOException("it has " + parts.length + " parts, not " + (NUMBERS + 1));
            }
            long[] numbers = new long[NUMBERS];
            for (int i = 0; i < NUMBERS; i++) {
                numbers[i] = Long.parseLong(parts[i + 1]);
            }
            return new DeadLetterMarker(
                    parts[0],
                    numbers[0],
                    numbers[1],
                    numbers[2],
                    numbers[3],
                    numbers[4],
                    numbers[5],
                    numbers[6]);
        } catch (NoSuchFileException first) {
            return new DeadLetterMarker(lineage, 0, 0, 1, 0, 0, 0, 0);
        } catch (IOException | NumberFormatException damaged) {
            throw ConnectorException.fatal(
                    "cannot read " + directory.resolve(MARKER) + ": " + damaged, damaged);
        }
    }

    /** Returns this marker as another process goes on with it. */
    DeadLetterMarker of(String newLineage, long newEpoch, long newOwner) {
        return new DeadLetterMarker(
                newLineage, newEpoch, length, nextId, dropped, generation, redrives, newOwner);
    }

    /** Replaces the marker of a directory, durably. */
    void write(Path directory) throws IOException {
        Path fresh = directory.resolve(MARKER + ".new");
        List<Long> numbers = List.of(epoch, length, nextId, dropped, generation, redrives, owner);
        StringBuilder text = new StringBuilder(lineage);
        numbers.forEach(number -> text.append(' ').append(number));
        try (FileChannel channel =
                FileChannel.open(
                        fresh,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.TRUNCATE_EXISTING,
                        StandardOpenOption.WRITE)) {
            ByteBuffer bytes = StandardCharsets.UTF_8.encode(text.append('\n').toString());
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        Files.move(
                fresh,
                directory.resolve(MARKER),
                StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
        syncDirectory(directory);
    }

    static void syncDirectory(Path directory) throws IOException {
        if (System.getProperty("os.name").startsWith("Windows")) {
            return; // Directories cannot be opened there.
        }
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException failed) {
            throw new SyncFailedException(directory.toString(), failed);
        }
    }

    /** Returns the file of letters. */
    Path letters(Path directory) {
        return directory.resolve(
                generation == 0 ? "dead-letters.jsonl" : "dead-letters-" + generation + ".jsonl");
    }

    /** Returns the directory of the batches that were redriven. */
    static Path batches(Path directory) {
        return directory.resolve(REDRIVE);
    }

    /** Returns the file of a batch. */
    static Path batch(Path directory, long number) {
        return batches(directory).resolve(number + ".letters");
    }

    /** Returns the files of all batches, oldest first; those that are done may be gone. */
    List<Path> batchFiles(Path directory) {
        return LongStream.rangeClosed(1, redrives)
                .mapToObj(number -> batch(directory, number))
                .toList();
    }
}
