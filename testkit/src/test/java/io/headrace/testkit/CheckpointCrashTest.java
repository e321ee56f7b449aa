package io.headrace.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.connector.Lineage;
import io.headrace.connector.Piece;
import io.headrace.kernel.checkpoint.Blob;
import io.headrace.kernel.checkpoint.CheckpointDirectory;
import io.headrace.kernel.checkpoint.FileEntry;
import io.headrace.kernel.checkpoint.KeyGroupBuffers;
import io.headrace.kernel.checkpoint.Manifest;
import io.headrace.kernel.checkpoint.StateFile;
import io.headrace.kernel.checkpoint.StateKind;
import io.headrace.kernel.checkpoint.StepSchema;
import io.headrace.kernel.checkpoint.SyncFailedException;
import io.headrace.type.BytesIn;
import io.headrace.type.BytesOut;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Loses power, space and bits while checkpoints are written. A failure names its seed. */
class CheckpointCrashTest {
    private static final int SEEDS = 2_000;
    private static final int GROUPS = 8;
    private static final StepSchema SCHEMA =
            new StepSchema(
                    "spend-1m",
                    "window",
                    1,
                    "STRING",
                    List.of(new StepSchema.StateSchema("sum", StateKind.VALUE, null, "LONG")));

    @Test
    void theNewestCheckpointThatVerifiesIsTheLastOrTheOneInFlight() throws IOException {
        int inFlight = 0;
        for (int seed = 0; seed < SEEDS; seed++) {
            Job job = new Job(seed);
            FaultyStore store = new FaultyStore(seed);
            store.losePowerAt(1 + new SplittableRandom(seed).nextInt(job.operations()));

            job.runUntilItFails(store);

            FaultyStore found = store.crash();
            long newest = job.requireRecovery(found);
            inFlight += newest > job.durable ? 1 : 0;
            job.requireNewIds(found);
        }
        assertThat(inFlight).as("crashes after the decision, before the return").isPositive();
    }

    @Test
    void aFullDiskLeavesTheLastCheckpointAndTheNextSucceeds() throws IOException {
        for (int seed = 0; seed < SEEDS / 10; seed++) {
            Job job = new Job(seed);
            FaultyStore store = new FaultyStore(seed);
            store.runOutOfSpaceAt(1 + new SplittableRandom(seed).nextInt(job.writes()));

            job.runUntilItFails(store);

            store.freeSpace();
            assertThat(job.requireRecovery(store)).as("seed %d", seed).isEqualTo(job.durable);
            job.requireNewIds(store);
        }
    }

    @Test
    void aRefusedSyncIsNeverTakenForDurable() throws IOException {
        for (int seed = 0; seed < SEEDS / 10; seed++) {
            Job job = new Job(seed);
            FaultyStore store = new FaultyStore(seed);
            store.refuseSyncAt(1 + new SplittableRandom(seed).nextInt(20));

            job.runUntilItFails(store);

            job.requireRecovery(store.crash());
        }
    }

    @Test
    void findsEveryFlippedBit() throws IOException {
        for (int seed = 0; seed < SEEDS / 10; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            Job job = new Job(seed);
            FaultyStore store = new FaultyStore(seed);
            job.runUntilItFails(store);
            if (job.durable == 0) {
                continue; // Every attempt was given up.
            }
            List<String> files =
                    store.files().stream()
                            .filter(name -> name.contains(String.format("%012d", job.durable)))
                            .toList();
            String file = files.get(random.nextInt(files.size()));

            store.flipBit(file, random.nextLong(store.sizeBytes(file) * 8));

            CheckpointDirectory.Scan scan = new CheckpointDirectory(store).scan();
            assertThat(scan.newest().map(CheckpointDirectory.Stored::id).orElse(0L))
                    .as("seed %d, %s", seed, file)
                    .isLessThan(job.durable);
            assertThat(scan.damaged()).hasSize(1);
        }
    }

    /** Writes a few checkpoints whose content follows from the seed and the id. */
    private static final class Job {
        private final long seed;
        private final List<Long> begun = new ArrayList<>();
        private final List<Long> aborted = new ArrayList<>();
        private long durable;

        Job(long seed) {
            this.seed = seed;
        }

        int operations() throws IOException {
            return (int) withoutFaults().operations();
        }

        int writes() throws IOException {
            return (int) withoutFaults().writes();
        }

        private FaultyStore withoutFaults() throws IOException {
            FaultyStore store = new FaultyStore(seed);
            new Job(seed).run(store);
            return store;
        }

        void runUntilItFails(FaultyStore store) {
            try {
                run(store);
            } catch (PowerLostException | SyncFailedException | IOException expected) {
                assertThat(expected).hasMessageMatching("(?s).+");
            }
        }

        private void run(FaultyStore store) throws IOException {
            SplittableRandom random = new SplittableRandom(seed);
            CheckpointDirectory directory = new CheckpointDirectory(store);
            int rounds = 1 + random.nextInt(4);
            for (int round = 0; round < rounds; round++) {
                CheckpointDirectory.Attempt attempt = directory.begin();
                begun.add(attempt.id());
                if (random.nextInt(4) == 0) {
                    attempt.writeState(SCHEMA, buffers(attempt.id(), 0, GROUPS - 1));
                    attempt.abort();
                    aborted.add(attempt.id());
                    continue;
                }
                publishOrAbort(attempt);
                durable = attempt.id();
                if (random.nextBoolean()) {
                    directory.retire(durable);
                }
            }
        }

        private void publishOrAbort(CheckpointDirectory.Attempt attempt) throws IOException {
            try {
                attempt.publish(manifest(attempt.id(), write(attempt)));
            } catch (IOException failed) {
                attempt.abort();
                aborted.add(attempt.id());
                throw failed;
            }
        }

        private List<FileEntry> write(CheckpointDirectory.Attempt attempt) throws IOException {
            return List.of(
                    attempt.writeState(SCHEMA, buffers(attempt.id(), 0, 3)),
                    attempt.writeState(SCHEMA, buffers(attempt.id(), 4, GROUPS - 1)));
        }

        /** Returns the id of what is found, 0 for nothing, after reading all of it. */
        long requireRecovery(FaultyStore store) throws IOException {
            CheckpointDirectory directory = new CheckpointDirectory(store);
            CheckpointDirectory.Scan scan = directory.scan();
            long newest = scan.newest().map(CheckpointDirectory.Stored::id).orElse(0L);
            long last = begun.isEmpty() ? 0 : begun.get(begun.size() - 1);
            assertThat(newest).as("seed %d", seed).isIn(durable, last);
            assertThat(newest).as("seed %d", seed).isGreaterThanOrEqualTo(durable);
            assertThat(aborted).as("seed %d", seed).doesNotContain(newest);
            assertThat(scan.damaged()).as("seed %d", seed).isEmpty();
            if (newest > 0) {
                requireContent(store, scan.newest().orElseThrow());
            }
            return newest;
        }

        private void requireContent(FaultyStore store, CheckpointDirectory.Stored stored)
                throws IOException {
            List<FileEntry> files = stored.manifest().steps().get(0).files();
            assertThat(stored.manifest()).isEqualTo(manifest(stored.id(), files));
            List<String> found = new ArrayList<>();
            for (FileEntry file : files) {
                StateFile.read(
                        store,
                        stored.directory(),
                        file,
                        new StateFile.GroupRange(0, GROUPS - 1),
                        (group, state, key, userKey, value) -> found.add(entry(group, key, value)));
            }
            assertThat(found).as("seed %d", seed).isEqualTo(entries(stored.id()));
        }

        /** No id is used again, whatever became of the attempt. */
        void requireNewIds(FaultyStore store) throws IOException {
            CheckpointDirectory directory = new CheckpointDirectory(store);
            CheckpointDirectory.Attempt attempt = directory.begin();
            assertThat(begun).as("seed %d", seed).doesNotContain(attempt.id());
            begun.add(attempt.id());
            attempt.publish(manifest(attempt.id(), write(attempt)));
            durable = attempt.id();
            assertThat(requireRecovery(store)).isEqualTo(durable);
        }

        private List<String> entries(long id) {
            List<String> entries = new ArrayList<>();
            for (int group = 0; group < GROUPS; group++) {
                SplittableRandom random = new SplittableRandom(seed * 1_000 + id * 10 + group);
                int count = random.nextInt(60);
                for (int i = 0; i < count; i++) {
                    entries.add(group + " key-" + i + " " + random.nextLong());
                }
            }
            return entries;
        }

        private KeyGroupBuffers buffers(long id, int first, int last) {
            KeyGroupBuffers buffers = new KeyGroupBuffers(first, last);
            for (String entry : entries(id)) {
                String[] parts = entry.split(" ");
                int group = Integer.parseInt(parts[0]);
                if (group >= first && group <= last) {
                    BytesOut key = new BytesOut(16);
                    key.writeString(parts[1]);
                    BytesOut value = new BytesOut(16);
                    value.writeVarLong(Long.parseLong(parts[2]));
                    buffers.entry(group, 0, key, null, value);
                }
            }
            return buffers;
        }

        private static String entry(int group, BytesIn key, BytesIn value) {
            return group + " " + key.readString() + " " + value.readVarLong();
        }

        private Manifest manifest(long id, List<FileEntry> files) {
            return new Manifest(
                    new Manifest.Head(
                            "card-fraud",
                            new Lineage("00000000000000aa", "", 0),
                            id,
                            GROUPS,
                            false,
                            "f"),
                    List.of(
                            new Manifest.StepState(
                                    SCHEMA,
                                    Collections.emptySortedMap(),
                                    List.of(id, id, id, id, id, id, id, id),
                                    files)),
                    List.of(
                            new Manifest.SourceState(
                                    "payments", new Blob(new byte[] {(byte) id}), List.of())),
                    List.of(
                            new Manifest.SinkState(
                                    "alerts",
                                    "/alerts",
                                    id,
                                    List.of(new Piece("p" + id, "t" + id, id, "00")))),
                    Map.of("payments", Map.of("read", seed, "emitted", id)));
        }
    }
}
