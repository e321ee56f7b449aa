package io.headrace.kernel.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class KeyGroupsTest {
    @Test
    void equalsWhatFlinkComputes() throws IOException {
        String vectors;
        try (InputStream in = KeyGroupsTest.class.getResourceAsStream("key-groups.txt")) {
            vectors = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }

        assertThat(vectors.lines().filter(line -> !line.startsWith("#")))
                .hasSize(100)
                .allSatisfy(KeyGroupsTest::requireVector);
    }

    private static void requireVector(String line) {
        String[] numbers = line.split(" ");
        int hash = Integer.parseInt(numbers[0]);
        assertThat(KeyGroups.group(hash, 128)).isEqualTo(Integer.parseInt(numbers[1]));
        assertThat(KeyGroups.group(hash, 32_768)).isEqualTo(Integer.parseInt(numbers[2]));
    }

    @Test
    void everyHashHasAGroupInRange() {
        SplittableRandom random = new SplittableRandom(7);
        for (int i = 0; i < 100_000; i++) {
            int groups = 1 << random.nextInt(16);
            assertThat(KeyGroups.group(random.nextInt(), groups)).isBetween(0, groups - 1);
        }
    }

    @Test
    void aHashIsMadeForAnyGroupAndEachMemberHasItsOwn() {
        for (int groups = 1; groups <= KeyGroups.GROUPS_MAX; groups *= 8) {
            Set<Integer> hashes = new HashSet<>();
            int step = Math.max(1, groups / 64);
            for (int group = 0; group < groups; group += step) {
                for (int member = 0; member < KeyGroups.GROUPS_MAX; member += 1_023) {
                    int hash = KeyGroups.hash(group, member, groups);
                    assertThat(KeyGroups.group(hash, groups)).isEqualTo(group);
                    assertThat(hashes.add(hash)).isTrue();
                }
            }
        }
    }

    @Test
    void rangesOfSubtasksAreTheInverseOfTheSubtaskOfAGroup() {
        for (int groups = 1; groups <= 256; groups *= 2) {
            for (int parallelism = 1; parallelism <= groups; parallelism++) {
                requireInverse(parallelism, groups);
            }
        }
        requireInverse(12_345, KeyGroups.GROUPS_MAX);
    }

    private static void requireInverse(int parallelism, int groups) {
        int next = 0;
        for (int subtask = 0; subtask < parallelism; subtask++) {
            int first = KeyGroups.firstGroup(subtask, parallelism, groups);
            int last = KeyGroups.lastGroup(subtask, parallelism, groups);
            assertThat(first).isEqualTo(next);
            assertThat(last).isGreaterThanOrEqualTo(first);
            for (int group = first; group <= last; group++) {
                assertThat(KeyGroups.subtask(group, parallelism, groups)).isEqualTo(subtask);
            }
            next = last + 1;
        }
        assertThat(next).isEqualTo(groups);
    }
}
