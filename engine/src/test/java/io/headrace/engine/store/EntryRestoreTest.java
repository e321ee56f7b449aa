package io.headrace.engine.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headrace.engine.Seed;
import io.headrace.kernel.codec.Codecs;
import io.headrace.kernel.state.SeriesState;
import io.headrace.kernel.state.StateLayout;
import io.headrace.state.StateDeclaration;
import io.headrace.type.BytesIn;
import io.headrace.type.BytesOut;
import io.headrace.type.DecodeException;
import io.headrace.type.Type;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EntryRestoreTest {
    private static final Type<String> STRING = Type.of(String.class);
    private static final StateDeclaration SERIES =
            new StateDeclaration("series", StateDeclaration.Kind.SERIES, null, STRING);
    private static final StateLayout LAYOUT =
            new StateLayout("step", STRING, List.of(SERIES), List.of());

    private final EntryCodec codec = new EntryCodec(LAYOUT, "look-back", 16);
    private final TableState state = new TableState(LAYOUT, codec, 0);
    private final EntryRestore restore = new EntryRestore(state, codec, codec.schema());

    /** An element of a series. */
    private record Element(long time, int place) {
        @Override
        public String toString() {
            return time + "." + place;
        }
    }

    private static BytesIn bytes(String text) {
        BytesOut out = new BytesOut(16);
        Codecs.of(STRING).write(text, out);
        return new BytesIn(out.toByteArray());
    }

    private void read(String key, Element element) {
        BytesOut userKey = new BytesOut(16);
        userKey.writeVarLong(element.time());
        userKey.writeVarInt(element.place());
        restore.entry(
                0, 0, bytes(key), new BytesIn(userKey.toByteArray()), bytes(element.toString()));
    }

    private List<String> restored(String key) {
        SeriesState<String> series = state.series(SERIES);
        state.seek(key, codec.hash(key));
        return IntStream.range(0, series.size()).mapToObj(series::value).toList();
    }

    @Test
    void ordersElementsByTimeAndPlaceHoweverTheyStandInTheFile() {
        SplittableRandom random = Seed.random(1);
        List<Element> ordered = new ArrayList<>();
        for (long time = 0; time < 20; time++) {
            for (int place = random.nextInt(4); place >= 0; place--) {
                ordered.add(0, new Element(-time, place));
            }
        }
        for (String key : List.of("a", "b")) {
            List<Element> shuffled = new ArrayList<>(ordered);
            for (int i = shuffled.size() - 1; i > 0; i--) {
                Collections.swap(shuffled, i, random.nextInt(i + 1));
            }
            shuffled.forEach(element -> read(key, element));
        }

        List<String> expected = ordered.stream().map(Element::toString).toList();
        assertThat(restored("a")).as(Seed.repeat(1)).isEqualTo(expected);
        assertThat(restored("b")).as(Seed.repeat(1)).isEqualTo(expected);
    }

    @Test
    void refusesElementsOfOneKeyThatDoNotStandTogether() {
        read("a", new Element(1, 0));
        read("b", new Element(1, 0));

        assertThatThrownBy(() -> read("a", new Element(1, 1)))
                .isInstanceOf(DecodeException.class)
                .hasMessageContaining("do not stand together");
    }
}
