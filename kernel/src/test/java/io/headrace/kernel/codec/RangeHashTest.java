package io.headrace.kernel.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.KeyRange;
import io.headrace.kernel.state.KeyGroups;
import io.headrace.type.Type;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where ranges are placed. Frozen: checkpoints are split by it. */
class RangeHashTest {
    private static final Type<KeyRange> TYPE = Type.of(KeyRange.class);

    @Test
    void theOrderOfRangesIsTheOrderOfKeyGroupsWhateverTheirNumber() {
        for (int groups = 1; groups <= KeyGroups.GROUPS_MAX; groups *= 2) {
            KeyHash hash = KeyHash.of(TYPE, groups);
            for (int count = 1; count <= KeyRange.COUNT_MAX; count = count * 3 / 2 + 1) {
                for (int index = 0; index < count; index++) {
                    int group = KeyGroups.group(hash.hash(new KeyRange(index, count)), groups);
                    assertThat(group).isEqualTo(index * groups / count);
                }
            }
        }
    }

    @ParameterizedTest(name = "range {0} of {1} in {2} key groups")
    @CsvSource({
        "0, 4, 128, -1035494534",
        "1, 4, 128, -1637466872",
        "3, 4, 128, -645415118",
        "1023, 1024, 32768, -456577222"
    })
    void theHashIsFrozen(int index, int count, int groups, int hash) {
        assertThat(KeyHash.of(TYPE, groups).hash(new KeyRange(index, count))).isEqualTo(hash);
    }

    @Test
    void aRangeThatIsPartOfAKeyIsHashedAsAnyRecord() {
        record Part(KeyRange range, int rest) {}
        Type<Part> type = Type.of(Part.class);

        int hash = KeyHash.of(type, 128).hash(new Part(new KeyRange(1, 4), 7));

        assertThat(hash).isEqualTo(31 * (31 + (31 * (31 + 1) + 4)) + 7);
    }
}
