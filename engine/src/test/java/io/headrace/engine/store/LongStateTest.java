package io.headrace.engine.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.engine.Seed;
import io.headrace.kernel.checkpoint.KeyGroupBuffers;
import io.headrace.kernel.checkpoint.StateFile;
import io.headrace.kernel.state.StateLayout;
import io.headrace.state.StateDeclaration;
import io.headrace.state.ValueState;
import io.headrace.type.Type;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LongStateTest {
    private static final int GROUPS = 16;
    private static final StateDeclaration COUNT =
            new StateDeclaration("count", StateDeclaration.Kind.VALUE, null, Type.of(Long.class));
    private static final StateLayout LAYOUT =
            new StateLayout("step", Type.of(Long.class), List.of(COUNT), List.of());

    @TempDir Path directory;

    /** State beside a map that is told the same. */
    private static final class Modelled {
        final EntryCodec codec = new EntryCodec(LAYOUT, "process", GROUPS);
        final KeyedStore state = KeyedStore.of(LAYOUT, codec, 0);
        final Map<Long, Long> model = new HashMap<>();
        private final ValueState<Long> count = state.value(COUNT);

        /** Sets or clears a key, after a look at what was there. */
        void change(SplittableRandom random, int keys) {
            final Long key = key(random.nextInt(keys));
            state.seek(key, codec.hash(key));
            assertThat(count.get()).isEqualTo(model.get(key));
            if (random.nextInt(3) > 0) {
                final long value = random.nextLong();
                count.set(value);
                model.put(key, value);
            } else {
                count.clear();
                model.remove(key);
            }
            state.settle();
            assertThat(state.size()).isEqualTo(model.size());
        }

        void set(int from, int to, Long value) {
            for (long key = from; key < to; key++) {
                state.seek(key, codec.hash(key));
                if (value == null) {
                    count.clear();
                } else {
                    count.set(value);
                }
                state.settle();
            }
        }

        /** A sweep visits each slot once. */
        int slots() {
            state.startSnapshot(new KeyGroupBuffers(0, GROUPS - 1));
            int slots = 1;
            while (state.sweep(1)) {
                slots++;
            }
            return slots;
        }

        Map<Long, Long> contents(int keys) {
            Map<Long, Long> contents = new HashMap<>();
            for (int index = 0; index < keys; index++) {
                final Long key = key(index);
                state.seek(key, codec.hash(key));
                if (count.get() != null) {
                    contents.put(key, count.get());
                }
            }
            return contents;
        }

        /** Small keys, and as many that differ in high bits only; the first are the extremes. */
        private static long key(int index) {
            return switch (index) {
                case 0 -> Long.MIN_VALUE;
                case 1 -> Long.MAX_VALUE;
                case 2 -> 0;
                default -> (index & 1) == 0 ? index : -(long) index << 40;
            };
        }
    }

    @Test
    void isKeptWithoutAnObjectPerKey() {
        assertThat(new Modelled().state).isInstanceOf(LongState.class);
    }

    @Test
    void givesBackTheRoomOfKeysThatAreGone() {
        Modelled modelled = new Modelled();
        modelled.set(0, 100_000, 5L);
        final int full = modelled.slots();

        modelled.set(10, 100_000, null);

        assertThat(full).isGreaterThan(150_000);
        assertThat(modelled.slots()).isLessThan(full / 50);
        modelled.set(0, 10, null);
        assertThat(modelled.state.size()).isZero();
    }

    @Test
    void snapshotsTheMomentOfItsStartWhateverChangesMeanwhile() throws IOException {
        for (int salt = 0; salt < 40; salt++) {
            SplittableRandom random = Seed.random(salt);
            Modelled modelled = new Modelled();
            final int keys = 3 + random.nextInt(salt % 4 == 0 ? 40_000 : 300);
            for (int round = 0; round < 3; round++) {
                for (int i = random.nextInt(2 * keys); i > 0; i--) {
                    modelled.change(random, keys);
                }
                final Map<Long, Long> expected = Map.copyOf(modelled.model);
                KeyGroupBuffers target = new KeyGroupBuffers(0, GROUPS - 1);

                modelled.state.startSnapshot(target);
                do {
                    for (int i = random.nextInt(200); i > 0; i--) {
                        modelled.change(random, keys);
                    }
                } while (modelled.state.sweep(1 + random.nextInt(500)));
                for (int i = 0; i < 40; i++) {
                    modelled.change(random, keys);
                }

                Modelled restored = new Modelled();
                try (StoredParts stored =
                        new StoredParts(directory, modelled.codec, List.of(target))) {
                    stored.restore(
                            restored.state,
                            restored.codec,
                            new StateFile.GroupRange(0, GROUPS - 1));
                }
                assertThat(restored.contents(keys)).as(Seed.repeat(salt)).isEqualTo(expected);
                assertThat(restored.state.size()).isEqualTo(expected.size());
            }
        }
    }
}
