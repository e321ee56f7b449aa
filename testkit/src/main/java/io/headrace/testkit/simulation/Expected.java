package io.headrace.testkit.simulation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What one sink shows in the end, computed without the engine.
 *
 * @param lines each line with how often it is there
 * @param shown for a sink that does not wait for time: how many lines the first n items of a split
 *     give, by the number of the split; else null
 */
record Expected(Map<String, Integer> lines, Map<Integer, int[]> shown) {
    /** What one item of a split gives. */
    interface Output {
        List<String> of(SplitData split, int index);
    }

    /** A sink whose lines come when time has passed. */
    static Expected timed(List<String> lines) {
        return new Expected(counted(lines), null);
    }

    /** A sink that shows the lines of an item as soon as the item was read. */
    static Expected immediate(List<SplitData> splits, Output output) {
        List<String> lines = new ArrayList<>();
        Map<Integer, int[]> shown = new HashMap<>();
        for (SplitData split : splits) {
            int[] sums = new int[split.items().size() + 1];
            for (int i = 0; i < split.items().size(); i++) {
                List<String> given = output.of(split, i);
                lines.addAll(given);
                sums[i + 1] = sums[i] + given.size();
            }
            shown.put(split.number(), sums);
        }
        return new Expected(counted(lines), shown);
    }

    private static Map<String, Integer> counted(List<String> lines) {
        Map<String, Integer> counts = new HashMap<>();
        lines.forEach(line -> counts.merge(line, 1, Integer::sum));
        return counts;
    }
}
