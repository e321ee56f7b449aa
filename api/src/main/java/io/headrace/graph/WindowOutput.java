package io.headrace.graph;

import io.headrace.function.PaneFn;
import io.headrace.function.PaneProcessFn;
import io.headrace.function.WindowFn;
import io.headrace.function.WindowProcessFn;
import java.util.List;

/** What a windowed step makes of the result of its aggregate. */
public sealed interface WindowOutput {
    /** Emits it as it is. */
    record Result() implements WindowOutput {}

    /** Makes one value of it, with key and window. */
    record OfWindow(WindowFn<Object, Object, Object> function) implements WindowOutput {}

    /** Makes one value of it, with key, window and pane. */
    record OfPane(PaneFn<Object, Object, Object> function) implements WindowOutput {}

    /** Makes any number of values of all records, with key, window and pane. */
    record OfAllOfPane(PaneProcessFn<Object, Object, Object> function) implements WindowOutput {}

    /** Makes any number of values of all records, with key and window. */
    record OfAll(WindowProcessFn<Object, Object, Object> function) implements WindowOutput {
        /** Returns the records that an aggregate has collected. */
        @SuppressWarnings("unchecked") // The aggregate of such a step collects into a list.
        public static List<Object> records(Object collected) {
            return (List<Object>) collected;
        }
    }
}
