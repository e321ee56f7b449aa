package io.headrace.kernel.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headrace.kernel.state.KeyGroups;
import io.headrace.type.BytesIn;
import io.headrace.type.BytesOut;
import io.headrace.type.DecodeException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateFileTest {
    private static final int GROUPS = 16;
    private static final StepSchema SCHEMA =
            new StepSchema(
                    "spend",
                    "process",
                    2,
                    "LONG",
                    List.of(
                            new StepSchema.StateSchema("last", StateKind.VALUE, null, "BYTES"),
                            new StepSchema.StateSchema("by", StateKind.MAP, "LONG", "BYTES")));

    @TempDir private Path root;
    private Store store;

    @BeforeEach
    void createDirectory() throws IOException {
        store = FileStore.at(root);
        store.createDirectories("c/spend");
    }

    private record Entry(int group, int stateId, long key, Long userKey, String value) {}

    @Test
    void anyParallelismReadsWhatAnyOtherWrote() throws IOException {
        List<Entry> entries = entries(1, 400);
        for (int before = 1; before <= 8; before++) {
            List<FileEntry> files = new ArrayList<>();
            for (int subtask = 0; subtask < before; subtask++) {
                files.add(write(entries, subtask, before));
            }
            for (int after = 1; after <= 8; after++) {
                requireAll(entries, files, after);
            }
            for (FileEntry file : files) {
                store.delete("c/" + file.name());
            }
        }
    }

    private void requireAll(List<Entry> entries, List<FileEntry> files, int parallelism)
            throws IOException {
        List<Entry> found = new ArrayList<>();
        for (int subtask = 0; subtask < parallelism; subtask++) {
            StateFile.GroupRange range =
                    new StateFile.GroupRange(
                            KeyGroups.firstGroup(subtask, parallelism, GROUPS),
                            KeyGroups.lastGroup(subtask, parallelism, GROUPS));
            for (FileEntry file : files) {
                found.addAll(read(file, range));
            }
        }
        assertThat(found).containsExactlyInAnyOrderElementsOf(entries);
    }

    @Test
    void entriesMayBeLargerThanABlock() throws IOException {
        String large = "x".repeat(300_000);
        List<Entry> entries =
                List.of(
                        new Entry(0, 0, 1, null, large),
                        new Entry(0, 0, 2, null, "small"),
                        new Entry(3, 1, 3, 4L, large));

        FileEntry file = write(entries, 0, 1);

        assertThat(read(file, all())).isEqualTo(entries);
        assertThat(file.length()).isEqualTo(Files.size(root.resolve("c/" + file.name())));
    }

    @Test
    void tellsItsSchemaWithoutItsEntries() throws IOException {
        FileEntry file = write(List.of(), 0, 1);

        assertThat(StateFile.readSchema(store, "c", file)).isEqualTo(SCHEMA);
        assertThat(read(file, all())).isEmpty();
    }

    @Test
    void findsEveryFlippedBit() throws IOException {
        FileEntry file = write(entries(2, 3), 0, 1);
        byte[] bytes = bytesOf(file);
        for (int bit = 0; bit < bytes.length * 8; bit++) {
            byte[] damaged = bytes.clone();
            damaged[bit / 8] ^= (byte) (1 << bit % 8);
            requireRefused(file, damaged);
        }
    }

    @Test
    void findsEveryTruncationAndAnyByteBehindTheEnd() throws IOException {
        FileEntry file = write(entries(3, 3), 0, 1);
        byte[] bytes = bytesOf(file);
        for (int length = 0; length < bytes.length; length++) {
            requireRefused(file, Arrays.copyOf(bytes, length));
        }
        requireRefused(file, Arrays.copyOf(bytes, bytes.length + 1));
    }

    @Test
    void garbageIsADecodeException() throws IOException {
        FileEntry file = write(entries(4, 20), 0, 1);
        byte[] bytes = bytesOf(file);
        SplittableRandom random = new SplittableRandom(4);
        for (int i = 0; i < 500; i++) {
            byte[] garbage = Arrays.copyOf(bytes, random.nextInt(bytes.length));
            int from = random.nextInt(garbage.length + 1);
            for (int at = from; at < garbage.length; at++) {
                garbage[at] = (byte) random.nextInt();
            }
            requireRefused(file, garbage);
        }
    }

    @Test
    void filesOfOtherStepsAreNotTakenForTheFile() throws IOException {
        FileEntry first = write(entries(5, 20), 0, 1);
        byte[] one = bytesOf(first);
        store.delete("c/" + first.name());
        FileEntry second = write(entries(6, 20), 0, 1);

        requireRefused(second, one);
    }

    @Test
    void namesOfStepsAreNamesOfFilesEverywhere() {
        assertThat(StateFile.name("spend-1m", 0, 63)).isEqualTo("spend-1m/kg-000-063.hrs");
        assertThat(StateFile.name("../A é", 0, 0))
                .isEqualTo("%2e%2e%2f%41%20%c3%a9/kg-000-000.hrs");
        assertThat(StateFile.operatorName("x".repeat(400))).hasSizeLessThan(255);
        assertThat(StateFile.operatorName("x".repeat(400)))
                .isNotEqualTo(StateFile.operatorName("x".repeat(401)));
    }

    private void requireRefused(FileEntry file, byte[] bytes) throws IOException {
        Files.write(root.resolve("c/" + file.name()), bytes);
        assertThatThrownBy(() -> read(file, all())).isInstanceOf(DecodeException.class);
    }

    private byte[] bytesOf(FileEntry file) throws IOException {
        return Files.readAllBytes(root.resolve("c/" + file.name()));
    }

    private FileEntry write(List<Entry> entries, int subtask, int parallelism) throws IOException {
        int first = KeyGroups.firstGroup(subtask, parallelism, GROUPS);
        int last = KeyGroups.lastGroup(subtask, parallelism, GROUPS);
        KeyGroupBuffers buffers = new KeyGroupBuffers(first, last);
        for (Entry entry : entries) {
            if (entry.group >= first && entry.group <= last) {
                BytesOut userKey = entry.userKey == null ? null : number(entry.userKey);
                BytesOut value = new BytesOut(16);
                value.writeString(entry.value);
                buffers.entry(entry.group, entry.stateId, number(entry.key), userKey, value);
            }
        }
        String name = StateFile.name(SCHEMA.step(), first, last);
        return StateFile.write(store, "c", name, SCHEMA, buffers);
    }

    private static BytesOut number(long value) {
        BytesOut out = new BytesOut(8);
        out.writeLong(value);
        return out;
    }

    private List<Entry> read(FileEntry file, StateFile.GroupRange range) throws IOException {
        List<Entry> found = new ArrayList<>();
        StateFile.read(
                store,
                "c",
                file,
                range,
                (group, stateId, key, userKey, value) ->
                        found.add(entry(group, stateId, key, userKey, value)));
        return found;
    }

    private static Entry entry(
            int group, int stateId, BytesIn key, BytesIn userKey, BytesIn value) {
        return new Entry(
                group,
                stateId,
                key.readLong(),
                userKey == null ? null : userKey.readLong(),
                value.readString());
    }

    private static StateFile.GroupRange all() {
        return new StateFile.GroupRange(0, GROUPS - 1);
    }

    private static List<Entry> entries(long seed, int count) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Entry> entries = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            boolean inMap = random.nextBoolean();
            entries.add(
                    new Entry(
                            random.nextInt(GROUPS),
                            inMap ? 1 : 0,
                            random.nextLong(),
                            inMap ? random.nextLong() : null,
                            "v".repeat(random.nextInt(40))));
        }
        return entries;
    }
}
