package io.headrace.engine.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.engine.Seed;
import io.headrace.kernel.checkpoint.KeyGroupBuffers;
import io.headrace.kernel.checkpoint.StateFile;
import io.headrace.kernel.state.KeyGroups;
import io.headrace.kernel.state.StateLayout;
import io.headrace.state.StateDeclaration;
import io.headrace.state.TimeDomain;
import io.headrace.state.TimerDeclaration;
import io.headrace.type.Type;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TableStateTest {
    static final int GROUPS = 16;
    static final Type<String> STRING = Type.of(String.class);
    static final Type<Long> LONG = Type.of(Long.class);
    static final StateDeclaration VALUE = declared("value", StateDeclaration.Kind.VALUE);
    static final StateDeclaration COUNT =
            new StateDeclaration("count", StateDeclaration.Kind.VALUE, null, LONG);
    static final StateDeclaration LIST = declared("list", StateDeclaration.Kind.LIST);
    static final StateDeclaration MAP =
            new StateDeclaration("map", StateDeclaration.Kind.MAP, LONG, STRING);
    static final StateDeclaration ACCUMULATOR =
            declared("accumulator", StateDeclaration.Kind.ACCUMULATOR);
    static final StateDeclaration SERIES = declared("series", StateDeclaration.Kind.SERIES);
    static final TimerDeclaration EVENT = new TimerDeclaration("event", TimeDomain.EVENT_TIME);
    static final TimerDeclaration WALL = new TimerDeclaration("wall", TimeDomain.PROCESSING_TIME);
    static final StateLayout LAYOUT =
            new StateLayout(
                    "step",
                    STRING,
                    List.of(VALUE, COUNT, LIST, MAP, ACCUMULATOR, SERIES),
                    List.of(EVENT, WALL));

    @TempDir Path directory;

    private static StateDeclaration declared(String name, StateDeclaration.Kind kind) {
        return new StateDeclaration(name, kind, null, STRING);
    }

    /** State with its handles. */
    private static final class Keyed {
        final EntryCodec codec = new EntryCodec(LAYOUT, "process", GROUPS);
        final TableState state = new TableState(LAYOUT, codec, 0);
        private final KeyedHandles handles = new KeyedHandles(state);

        void change(SplittableRandom random, int keys) {
            String key = "key-" + random.nextInt(keys);
            state.seek(key, codec.hash(key));
            handles.change(random);
            state.settle();
        }

        /** Returns everything that is there, as text. */
        TreeMap<String, String> contents(int keys) {
            TreeMap<String, String> contents = new TreeMap<>();
            for (int i = 0; i < keys; i++) {
                String key = "key-" + i;
                state.seek(key, codec.hash(key));
                String shown = handles.shown();
                if (!shown.equals(KeyedHandles.NOTHING)) {
                    contents.put(key, shown);
                }
            }
            return contents;
        }
    }

    @Test
    void snapshotsTheMomentOfItsStartWhateverChangesMeanwhile() throws IOException {
        for (int salt = 0; salt < 60; salt++) {
            SplittableRandom random = Seed.random(salt);
            Keyed keyed = new Keyed();
            final int keys = 1 + random.nextInt(300);
            for (int round = 0; round < 3; round++) {
                for (int i = random.nextInt(2_000); i > 0; i--) {
                    keyed.change(random, keys);
                }
                TreeMap<String, String> expected = keyed.contents(keys);
                KeyGroupBuffers target = new KeyGroupBuffers(0, GROUPS - 1);

                keyed.state.startSnapshot(target);
                do {
                    for (int i = random.nextInt(40); i > 0; i--) {
                        keyed.change(random, keys);
                    }
                } while (keyed.state.sweep(1 + random.nextInt(50)));
                for (int i = 0; i < 40; i++) {
                    keyed.change(random, keys);
                }

                List<Keyed> restored = restored(keyed.codec, List.of(target), 1);
                assertThat(restored.get(0).contents(keys))
                        .as(Seed.repeat(salt))
                        .isEqualTo(expected);
                assertThat(restored.get(0).state.size()).isEqualTo(expected.size());
            }
            assertThat(keyed.state.size())
                    .as(Seed.repeat(salt))
                    .isEqualTo(keyed.contents(keys).size());
        }
    }

    @ParameterizedTest(name = "{0} subtasks to {1}")
    @CsvSource({
        "1, 1", "1, 2", "1, 3", "1, 4", "2, 1", "2, 2", "2, 3", "2, 4",
        "3, 1", "3, 2", "3, 3", "3, 4", "4, 1", "4, 2", "4, 3", "4, 4"
    })
    void restoresAtEveryParallelismWhatAnotherOneWrote(int before, int after) throws IOException {
        SplittableRandom random = Seed.random(before * 10 + after);
        Keyed all = new Keyed();
        for (int i = 0; i < 4_000; i++) {
            all.change(random, 200);
        }
        TreeMap<String, String> expected = all.contents(200);
        List<KeyGroupBuffers> parts = new ArrayList<>();
        for (Keyed part : restored(all.codec, List.of(snapshot(all, 0, GROUPS - 1)), before)) {
            int subtask = parts.size();
            parts.add(
                    snapshot(
                            part,
                            KeyGroups.firstGroup(subtask, before, GROUPS),
                            KeyGroups.lastGroup(subtask, before, GROUPS)));
        }

        List<Keyed> restored = restored(all.codec, parts, after);

        TreeMap<String, String> together = new TreeMap<>();
        int keys = 0;
        for (Keyed part : restored) {
            TreeMap<String, String> contents = part.contents(200);
            keys += contents.size();
            together.putAll(contents);
        }
        assertThat(together).isEqualTo(expected);
        assertThat(keys).isEqualTo(expected.size());
    }

    private static KeyGroupBuffers snapshot(Keyed keyed, int first, int last) {
        KeyGroupBuffers target = new KeyGroupBuffers(first, last);
        keyed.state.startSnapshot(target);
        while (keyed.state.sweep(7)) {
            // A few slots at a time.
        }
        return target;
    }

    private List<Keyed> restored(EntryCodec codec, List<KeyGroupBuffers> parts, int parallelism)
            throws IOException {
        List<Keyed> restored = new ArrayList<>();
        try (StoredParts stored = new StoredParts(directory, codec, parts)) {
            for (int subtask = 0; subtask < parallelism; subtask++) {
                Keyed keyed = new Keyed();
                stored.restore(
                        keyed.state,
                        keyed.codec,
                        new StateFile.GroupRange(
                                KeyGroups.firstGroup(subtask, parallelism, GROUPS),
                                KeyGroups.lastGroup(subtask, parallelism, GROUPS)));
                restored.add(keyed);
            }
        }
        return restored;
    }
}
