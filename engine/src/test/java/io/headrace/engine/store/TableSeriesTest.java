package io.headrace.engine.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.engine.Seed;
import io.headrace.kernel.state.SeriesState;
import io.headrace.kernel.state.StateLayout;
import io.headrace.state.StateDeclaration;
import io.headrace.type.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The first series of a key has a form of its own while it has one value. */
class TableSeriesTest {
    private static final List<StateDeclaration> SERIES = List.of(series("first"), series("second"));

    private final StateLayout layout =
            new StateLayout("step", Type.of(Long.class), SERIES, List.of());
    private final TableState state =
            new TableState(layout, new EntryCodec(layout, "window", 128), 1 << 16);

    private record Timed(long time, String value) {}

    private static StateDeclaration series(String name) {
        return new StateDeclaration(
                name, StateDeclaration.Kind.SERIES, null, Type.of(String.class));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void equalsASortedListWhateverIsInsertedReplacedAndRemoved(int index) {
        SeriesState<String> series = state.series(SERIES.get(index));
        SplittableRandom random = Seed.random(index);
        List<Timed> model = new ArrayList<>();
        state.seek(1L, 1);

        for (int i = 0; i < 3_000; i++) {
            switch (random.nextInt(5)) {
                case 0, 1 -> insert(series, model, new Timed(random.nextInt(5), "v" + i));
                case 2 -> {
                    if (!model.isEmpty()) {
                        int place = random.nextInt(model.size());
                        series.remove(place);
                        model.remove(place);
                    }
                }
                case 3 -> {
                    int count = random.nextInt(model.size() + 1);
                    series.removeFirst(count);
                    model.subList(0, count).clear();
                }
                default -> {
                    if (!model.isEmpty()) {
                        int place = random.nextInt(model.size());
                        series.set(place, "r" + i);
                        model.set(place, new Timed(model.get(place).time(), "r" + i));
                    }
                }
            }
            state.settle();
            assertThat(all(series)).isEqualTo(model);
            assertThat(state.size()).isEqualTo(model.isEmpty() ? 0 : 1);
            long time = random.nextInt(5);
            assertThat(series.find(time)).isEqualTo(last(model, time));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void keepsACacheUntilItIsEmpty(int index) {
        SeriesState<String> series = state.series(SERIES.get(index));
        state.seek(1L, 1);
        series.insert(1, "one");
        series.cache("cache");
        series.insert(2, "two");
        series.removeFirst(1);

        assertThat(series.cache()).isEqualTo("cache");
        assertThat(all(series)).isEqualTo(List.of(new Timed(2, "two")));

        series.removeFirst(1);

        assertThat(series.cache()).isNull();
    }

    private static void insert(SeriesState<String> series, List<Timed> model, Timed added) {
        int place = 0;
        while (place < model.size() && model.get(place).time() <= added.time()) {
            place++;
        }
        model.add(place, added);
        assertThat(series.insert(added.time(), added.value())).isEqualTo(place);
    }

    private static List<Timed> all(SeriesState<String> series) {
        List<Timed> all = new ArrayList<>();
        for (int i = 0; i < series.size(); i++) {
            all.add(new Timed(series.time(i), series.value(i)));
        }
        return all;
    }

    private static int last(List<Timed> model, long time) {
        for (int i = model.size() - 1; i >= 0; i--) {
            if (model.get(i).time() == time) {
                return i;
            }
        }
        return -1;
    }
}
