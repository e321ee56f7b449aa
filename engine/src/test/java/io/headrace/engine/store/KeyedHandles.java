package io.headrace.engine.store;

import io.headrace.kernel.state.SeriesState;
import io.headrace.state.AccumulatorState;
import io.headrace.state.ListState;
import io.headrace.state.MapState;
import io.headrace.state.Timer;
import io.headrace.state.ValueState;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;

/** The handles of all kinds of state; changes the current key at random, and shows it. */
final class KeyedHandles {
    /** What an empty key shows. */
    static final String NOTHING = "null null [] {} null [] OptionalLong.empty OptionalLong.empty";

    private final ValueState<String> value;
    private final ValueState<Long> count;
    private final ListState<String> list;
    private final MapState<Long, String> map;
    private final AccumulatorState<String> accumulator;
    private final SeriesState<String> series;
    private final Timer event;
    private final Timer wall;

    KeyedHandles(TableState state) {
        value = state.value(TableStateTest.VALUE);
        count = state.value(TableStateTest.COUNT);
        list = state.list(TableStateTest.LIST);
        map = state.map(TableStateTest.MAP);
        accumulator = state.accumulator(TableStateTest.ACCUMULATOR);
        series = state.series(TableStateTest.SERIES);
        event = state.timer(TableStateTest.EVENT);
        wall = state.timer(TableStateTest.WALL);
    }

    void change(SplittableRandom random) {
        String text = "v" + random.nextInt(1_000);
        long number = random.nextInt(25);
        switch (random.nextInt(19)) {
            case 0, 1 -> value.set(text);
            case 2 -> value.clear();
            case 3 -> count.set(number);
            case 4 -> count.clear();
            case 5 -> list.add(text);
            case 6 -> list.set(List.of(text, text));
            case 7 -> list.clear();
            case 8, 9 -> map.put(number, text);
            case 10 -> map.remove(number);
            case 11 -> map.clear();
            case 12 -> accumulator.set(text);
            case 13 -> accumulator.clear();
            case 14 -> series.insert(number, text);
            case 15 -> series.removeFirst(random.nextInt(series.size() + 1));
            case 16 -> event.set(number);
            case 17 -> wall.set(number);
            default -> clearAll();
        }
    }

    private void clearAll() {
        value.clear();
        count.clear();
        list.clear();
        map.clear();
        accumulator.clear();
        series.removeFirst(series.size());
        event.clear();
        wall.clear();
    }

    String shown() {
        TreeMap<Long, String> entries = new TreeMap<>();
        map.entries().forEach(entry -> entries.put(entry.getKey(), entry.getValue()));
        StringBuilder elements = new StringBuilder("[");
        for (int i = 0; i < series.size(); i++) {
            elements.append(series.time(i)).append(series.value(i)).append(' ');
        }
        return value.get()
                + " "
                + count.get()
                + " "
                + shownList()
                + " "
                + entries
                + " "
                + accumulator.edit()
                + " "
                + elements.append(']')
                + " "
                + event.time()
                + " "
                + wall.time();
    }

    private List<String> shownList() {
        java.util.ArrayList<String> shown = new java.util.ArrayList<>();
        list.get().forEach(shown::add);
        return shown;
    }
}
