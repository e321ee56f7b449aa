package io.headrace.type;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BytesTest {
    private static final List<Consumer<BytesIn>> READS =
            List.of(
                    BytesIn::readByte,
                    BytesIn::readBoolean,
                    BytesIn::readInt,
                    BytesIn::readLong,
                    BytesIn::readDouble,
                    BytesIn::readVarInt,
                    BytesIn::readVarLong,
                    BytesIn::readCount,
                    BytesIn::readBytes,
                    BytesIn::readString);

    private final BytesOut out = new BytesOut(0);

    @ParameterizedTest
    @ValueSource(longs = {0, 1, -1, 63, 64, -65, 1L << 40, Long.MAX_VALUE, Long.MIN_VALUE})
    void readsBackNumbers(long value) {
        out.writeLong(value);
        out.writeVarLong(value);
        out.writeInt((int) value);
        out.writeVarInt((int) value);
        out.writeDouble(Double.longBitsToDouble(value));
        out.writeBoolean(value > 0);

        BytesIn in = new BytesIn(out.array(), 0, out.size());
        assertThat(in.readLong()).isEqualTo(value);
        assertThat(in.readVarLong()).isEqualTo(value);
        assertThat(in.readInt()).isEqualTo((int) value);
        assertThat(in.readVarInt()).isEqualTo((int) value);
        assertThat(Double.doubleToRawLongBits(in.readDouble())).isEqualTo(value);
        assertThat(in.readBoolean()).isEqualTo(value > 0);
        assertThat(in.remaining()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "Zürich", "🂡", "\u0000"})
    void readsBackStrings(String value) {
        out.writeString(value);

        assertThat(new BytesIn(out.toByteArray()).readString()).isEqualTo(value);
    }

    @Test
    void forgetsWhatComesAfterATruncation() {
        out.writeInt(1);
        out.writeInt(2);
        out.truncate(4);

        assertThat(out.toByteArray()).containsExactly(0, 0, 0, 1);
        assertThatThrownBy(() -> out.truncate(5)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refusesACountLargerThanWhatIsLeft() {
        out.writeVarInt(Integer.MAX_VALUE);
        out.writeByte(0);

        assertThatThrownBy(() -> new BytesIn(out.toByteArray()).readBytes())
                .isInstanceOf(DecodeException.class)
                .hasMessageContaining("more than the 1 bytes that are left");
    }

    @Test
    void everyReadOfAnyBytesIsAValueOrADecodeException() {
        SplittableRandom random = new SplittableRandom(20_260_101);
        for (int round = 0; round < 20_000; round++) {
            byte[] bytes = new byte[random.nextInt(40)];
            random.nextBytes(bytes);
            int offset = random.nextInt(bytes.length + 1);
            BytesIn in = new BytesIn(bytes, offset, bytes.length - offset);
            readToTheEnd(in, random);
        }
    }

    private static void readToTheEnd(BytesIn in, SplittableRandom random) {
        try {
            while (true) {
                READS.get(random.nextInt(READS.size())).accept(in);
                assertThat(in.remaining()).isNotNegative();
            }
        } catch (DecodeException expected) {
            assertThat(expected).hasMessageMatching("(?s).+");
        }
    }
}
