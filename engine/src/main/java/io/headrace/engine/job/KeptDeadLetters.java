package io.headrace.engine.job;

import io.headrace.StateRefusedException;
import io.headrace.connector.DeadLetter;
import io.headrace.connector.Lineage;
import io.headrace.engine.tasklet.RedriveFile;
import io.headrace.engine.tasklet.RedriveSplit;
import io.headrace.engine.tasklet.Restored;
import io.headrace.kernel.checkpoint.FileStore;
import io.headrace.kernel.checkpoint.Manifest;
import java.io.BufferedOutputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The dead letters that a job has kept beside its state: to look at, and to give back to the job.
 *
 * <p>Looking needs no lock: what the {@link DeadLetterMarker} counts does not change. Giving back
 * takes the state directory as a start of the job does. See design note 007.
 */
public final class KeptDeadLetters {
    /** Bounds the memory of one batch; the letters beyond it stay for the next one. */
    private static final long BATCH_BYTES_MAX = 64L << 20;

    private final Path directory;
    private final DeadLetterMarker marker;

    /**
     * A letter that is kept.
     *
     * @param id its number in this state directory
     * @param json the letter as it stands in the file
     */
    public record Letter(long id, DeadLetter letter, String json) {
        /** Returns whether the whole input is there, which is known below the limit only. */
        public boolean whole() {
            return letter.raw().length < DeadLetter.RAW_BYTES_MAX;
        }
    }

    /**
     * What a redrive did.
     *
     * @param letters how many will go back to their sources at the next start of the job
     * @param left those that were chosen and stay, with the reason
     */
    public record Redriven(long letters, List<String> left) {}

    private KeptDeadLetters(Path directory) {
        this.directory = directory;
        this.marker = DeadLetterMarker.read(directory, "-");
    }

    /**
     * Opens the letters of a state directory.
     *
     * @throws StateRefusedException if it is no state directory
     */
    public static KeptDeadLetters of(Path stateDirectory) {
        if (!Files.exists(stateDirectory.resolve("owner"))) {
            throw new StateRefusedException(stateDirectory + " is no state directory of a job");
        }
        return new KeptDeadLetters(stateDirectory.toAbsolutePath());
    }

    /** Returns how many letters were not kept because the file was full. */
    public long dropped() {
        return marker.dropped();
    }

    /** Shows every letter, in the order in which they came. */
    public void forEach(Consumer<Letter> action) throws IOException {
        Path file = marker.letters(directory);
        if (marker.length() == 0) {
            return;
        }
        try (BufferedReader lines =
                new BufferedReader(
                        new InputStreamReader(
                                Files.newInputStream(file), StandardCharsets.UTF_8))) {
            long offset = 0;
            while (offset < marker.length()) {
                String line = lines.readLine();
                if (line == null) {
                    throw new IOException(file + " ends at byte " + offset + ", not as it should");
                }
                offset += line.getBytes(StandardCharsets.UTF_8).length + 1;
                action.accept(DeadLetterLine.parse(line));
            }
        }
    }

    /**
     * Takes letters out of the file and seals them as a batch that the job reads at its next start.
     * Interrupted at any moment, it has done all of it or nothing.
     *
     * @throws StateRefusedException if a process uses the directory, or the job has finished
     */
    public static Redriven redrive(Path stateDirectory, Predicate<Letter> chosen)
            throws IOException {
        of(stateDirectory);
        String holder = "process " + ProcessHandle.current().pid() + ", which redrives";
        try (StateDirectory state =
                StateDirectory.open(
                        FileStore.at(stateDirectory), holder, () -> new Lineage("-", "", 0))) {
            Manifest manifest =
                    state.newest()
                            .map(Restored::manifest)
                            .orElseThrow(
                                    () ->
                                            new StateRefusedException(
                                                    stateDirectory + " has no checkpoint yet"));
            if (manifest.head().finished()) {
                throw new StateRefusedException(
                        "the job in "
                                + stateDirectory
                                + " has finished, and takes no input any more: write the input of"
                                + " the letters to a file with 'dead-letters show --raw', and run"
                                + " that as a job of its own");
            }
            KeptDeadLetters kept = of(stateDirectory);
            kept.deleteDone(manifest);
            return kept.seal(manifest, chosen);
        }
    }

    private Redriven seal(Manifest manifest, Predicate<Letter> chosen) throws IOException {
        List<String> sources = manifest.sources().stream().map(Manifest.SourceState::step).toList();
        DeadLetterMarker next = after(0, marker.redrives() + 1);
        Path rest = next.letters(directory);
        Sorting sorting;
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(rest))) {
            sorting = new Sorting(chosen, sources, out);
            forEach(sorting);
        }
        if (sorting.batch.isEmpty()) {
            Files.delete(rest);
            return new Redriven(0, sorting.left);
        }
        sync(rest);
        Files.createDirectories(DeadLetterMarker.batches(directory));
        Path file = DeadLetterMarker.batch(directory, next.redrives());
        RedriveFile.write(file, sorting.batch);
        DeadLetterMarker.syncDirectory(file.getParent());
        DeadLetterMarker.syncDirectory(directory);
        after(sorting.restBytes, next.redrives()).write(directory); // Nothing counts before this.
        Files.deleteIfExists(marker.letters(directory));
        return new Redriven(sorting.batch.size(), sorting.left);
    }

    /** Puts each letter into the batch or into the new file of letters. */
    private static final class Sorting implements Consumer<Letter> {
        private final Predicate<Letter> chosen;
        private final List<String> sources;
        private final OutputStream rest;
        private final List<DeadLetter> batch = new ArrayList<>();
        private final List<String> left = new ArrayList<>();
        private long batchBytes;
        private long restBytes;

        Sorting(Predicate<Letter> chosen, List<String> sources, OutputStream rest) {
            this.chosen = chosen;
            this.sources = sources;
            this.rest = rest;
        }

        @Override
        public void accept(Letter letter) {
            boolean asked = chosen.test(letter);
            String obstacle = asked ? obstacle(letter) : null;
            if (asked && obstacle == null) {
                batch.add(letter.letter());
                batchBytes += letter.letter().raw().length;
                return;
            }
            if (asked) {
                left.add(letter.id() + ": " + obstacle);
            }
            byte[] line = (letter.json() + "\n").getBytes(StandardCharsets.UTF_8);
            restBytes += line.length;
            try {
                rest.write(line);
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
        }

        /** Says why a letter cannot go back now; null if it can. */
        private String obstacle(Letter letter) {
            if (!sources.contains(letter.letter().step())) {
                return "it comes from step "
                        + letter.letter().step()
                        + ", which is no source: only input can be read again";
            }
            if (!letter.whole()) {
                return "its input was cut to " + DeadLetter.RAW_BYTES_MAX + " bytes";
            }
            return batchBytes + letter.letter().raw().length > BATCH_BYTES_MAX
                    ? "the batch is full; start the job, and redrive again"
                    : null;
        }
    }

    private DeadLetterMarker after(long length, long redrives) {
        return new DeadLetterMarker(
                marker.lineage(),
                marker.epoch(),
                length,
                marker.nextId(),
                marker.dropped(),
                marker.generation() + 1,
                redrives,
                marker.owner());
    }

    /** Deletes what no process needs any more, and what an interrupted redrive left. */
    private void deleteDone(Manifest manifest) throws IOException {
        List<String> open =
                manifest.sources().stream()
                        .flatMap(source -> source.splits().stream())
                        .filter(split -> split.split().codec().equals(RedriveSplit.CODEC.name()))
                        .map(Manifest.SplitState::id)
                        .collect(Collectors.toList());
        boolean ours = manifest.head().lineage().id().equals(marker.lineage());
        long done =
                manifest.sources().stream()
                        .mapToLong(Manifest.SourceState::redriven)
                        .min()
                        .orElse(0);
        for (long batch = 1; ours && batch <= done; batch++) {
            if (!open.contains(new RedriveSplit(batch, "").id())) {
                Files.deleteIfExists(DeadLetterMarker.batch(directory, batch));
            }
        }
    }

    private static void sync(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }
}
