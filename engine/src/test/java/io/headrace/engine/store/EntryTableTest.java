package io.headrace.engine.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.engine.Seed;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EntryTableTest {
    /** So few that tables of some hundred entries split their segments. */
    private static final int SLOTS_MAX = 64;

    private static Entry entry(long key, int hash) {
        return Entry.of(key, hash, 1, 0);
    }

    @ParameterizedTest(name = "hashes in {0} classes, keys compared in the table: {1}")
    @CsvSource({"1, false", "7, false", "1000000, false", "1, true", "7, true", "1000000, true"})
    void equalsAHashMapWhateverIsAddedAndRemoved(int classes, boolean longKeys) {
        for (int salt = 0; salt < 20; salt++) {
            SplittableRandom random = Seed.random(salt);
            EntryTable table = new EntryTable(random.nextInt(), longKeys, SLOTS_MAX, moved -> {});
            Map<Long, Entry> model = new HashMap<>();
            for (int i = 0; i < 3_000; i++) {
                long key = random.nextInt(400);
                int hash = (int) (key % classes) * 31;
                Entry found = table.find(key, hash);
                assertThat(found).as(Seed.repeat(salt)).isSameAs(model.get(key));
                if (found == null) {
                    Entry added = entry(key, hash);
                    table.add(added);
                    model.put(key, added);
                } else if (random.nextBoolean()) {
                    table.remove(found);
                    model.remove(key);
                }
                assertThat(table.size()).isEqualTo(model.size());
            }
        }
    }

    @Test
    void givesBackTheRoomOfEntriesThatAreGone() {
        EntryTable table = new EntryTable(5, false, SegmentedTable.SEGMENT_SLOTS_MAX, moved -> {});
        List<Entry> entries = new ArrayList<>();
        for (int key = 0; key < 100_000; key++) {
            entries.add(entry(key, key));
            table.add(entries.get(key));
        }
        final int full = slots(table);

        entries.subList(10, entries.size()).forEach(table::remove);

        assertThat(full).isGreaterThan(150_000);
        assertThat(slots(table)).isLessThan(full / 50);
        assertThat(entries.subList(0, 10))
                .allMatch(entry -> table.find(entry.key, entry.hash) == entry);
    }

    /** A sweep visits each slot once. */
    private static int slots(EntryTable table) {
        table.startSweep();
        int slots = 1;
        while (table.sweep(1)) {
            slots++;
        }
        return slots;
    }

    @Test
    void sweepsEveryEntryThatWasThereThoughEntriesComeGoAndMove() {
        for (int salt = 0; salt < 100; salt++) {
            SplittableRandom random = Seed.random(salt);
            Set<Entry> visited = new HashSet<>();
            int slotsMax = random.nextBoolean() ? SLOTS_MAX : 4_096;
            EntryTable table =
                    new EntryTable(random.nextInt(), random.nextBoolean(), slotsMax, visited::add);
            int removed10 = random.nextBoolean() ? 5 : 10; // With 10 segments become smaller.
            List<Entry> entries = new ArrayList<>();
            int spread = random.nextBoolean() ? 5 : 100_000; // Long probes, or many segments.
            for (int key = 0; key < 500; key++) {
                entries.add(entry(key, key % spread));
                table.add(entries.get(key));
            }
            Set<Entry> before = new HashSet<>(entries);

            visited.clear();
            table.startSweep();
            boolean more = true;
            for (int key = 500; more; key++) {
                more = table.sweep(random.nextInt(1, removed10 < 10 ? 60 : 4));
                if (random.nextInt(10) < removed10 && !entries.isEmpty()) {
                    Entry removed = entries.remove(random.nextInt(entries.size()));
                    visited.add(removed); // Whoever removes an entry has touched it.
                    table.remove(removed);
                } else {
                    entries.add(entry(key, key % spread));
                    table.add(entries.get(entries.size() - 1));
                }
            }

            assertThat(visited).as(Seed.repeat(salt)).containsAll(before);
        }
    }
}
