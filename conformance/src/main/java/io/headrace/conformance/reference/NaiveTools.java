package io.headrace.conformance.reference;

import io.headrace.KeyRange;
import io.headrace.function.Aggregator;
import io.headrace.function.Context;
import io.headrace.function.Fn;
import io.headrace.function.Output;
import io.headrace.function.ProcessFunction;
import io.headrace.state.Timer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What the keyed tools mean: functions that remember every record of a key for ever, in plain
 * lists. They declare no state, so that only the reference, which never restarts, can run them.
 */
public final class NaiveTools {
    private NaiveTools() {}

    /** One record that came, and what is known of it. */
    private record Known(Object selected, long timestamp) {}

    /** Returns what aggregates all records so far, from the first, with each. */
    public static ProcessFunction<Object, Object, Object> running(
            Aggregator<Object, ?, Object> aggregator) {
        return new Running<>(aggregator);
    }

    /** Returns what emits a record unless an emitted one of its id is less than so far away. */
    public static ProcessFunction<Object, Object, Object> deduplicate(
            Fn<Object, ?> id, long withinMillis) {
        return new Deduplicating(id, withinMillis);
    }

    /** Returns what emits a record unless the one before it had the same value. */
    public static ProcessFunction<Object, Object, Object> changes(Fn<Object, ?> function) {
        return new Changing(function);
    }

    /** Returns what takes the smallest record again and again when the input has ended. */
    public static ProcessFunction<Object, Object, Object> sorted(Fn<Object, Long> by) {
        return new Sorting(by);
    }

    private static final class Running<A> extends ProcessFunction<Object, Object, Object> {
        private final Map<Object, List<Object>> all = new HashMap<>();
        private final Aggregator<Object, A, Object> aggregator;

        Running(Aggregator<Object, A, Object> aggregator) {
            this.aggregator = aggregator;
        }

        @Override
        public void process(Object value, Context<Object> context, Output<Object> out)
                throws Exception {
            List<Object> values = all.computeIfAbsent(context.key(), any -> new ArrayList<>());
            values.add(value);
            A accumulator = aggregator.create();
            for (Object each : values) {
                accumulator = aggregator.add(accumulator, each);
            }
            out.emit(aggregator.result(accumulator));
        }
    }

    private static final class Deduplicating extends ProcessFunction<Object, Object, Object> {
        private final Map<Object, List<Known>> emitted = new HashMap<>();
        private final Fn<Object, ?> id;
        private final long withinMillis;

        Deduplicating(Fn<Object, ?> id, long withinMillis) {
            this.id = id;
            this.withinMillis = withinMillis;
        }

        /** What the watermark has passed by the duration cannot be repeated in time. */
        @Override
        public void process(Object value, Context<Object> context, Output<Object> out)
                throws Exception {
            Known now = new Known(id.apply(value), context.timestamp());
            List<Known> before = emitted.computeIfAbsent(context.key(), any -> new ArrayList<>());
            for (Known each : before) {
                boolean remembered = each.timestamp + withinMillis - 1 > context.watermark();
                boolean near = Math.abs(each.timestamp - now.timestamp) < withinMillis;
                if (each.selected.equals(now.selected) && near && remembered) {
                    return;
                }
            }
            before.add(now);
            out.emit(value);
        }
    }

    private static final class Sorting extends ProcessFunction<Object, Object, Object> {
        private final Map<Object, List<Object>> all = new HashMap<>();
        private final Fn<Object, Long> by;
        private final Timer end = eventTimeTimer("end");

        Sorting(Fn<Object, Long> by) {
            this.by = by;
        }

        /** Ranges have 1024 last times, one behind the other; all other keys have the first. */
        @Override
        public void process(Object value, Context<Object> context, Output<Object> out) {
            all.computeIfAbsent(context.key(), any -> new ArrayList<>()).add(value);
            int place = context.key() instanceof KeyRange range ? range.index() : 0;
            end.set(Long.MAX_VALUE - 1 - 1024 + place);
        }

        @Override
        public void onTimer(String timer, long time, Context<Object> context, Output<Object> out)
                throws Exception {
            List<Object> left = all.remove(context.key());
            while (!left.isEmpty()) {
                int smallest = 0;
                for (int i = 1; i < left.size(); i++) {
                    if (by.apply(left.get(i)) < by.apply(left.get(smallest))) {
                        smallest = i;
                    }
                }
                out.emit(left.remove(smallest));
            }
        }
    }

    private static final class Changing extends ProcessFunction<Object, Object, Object> {
        private final Map<Object, List<Known>> all = new HashMap<>();
        private final Fn<Object, ?> function;

        Changing(Fn<Object, ?> function) {
            this.function = function;
        }

        @Override
        public void process(Object value, Context<Object> context, Output<Object> out)
                throws Exception {
            List<Known> values = all.computeIfAbsent(context.key(), any -> new ArrayList<>());
            values.add(new Known(function.apply(value), context.timestamp()));
            int last = values.size() - 1;
            if (last == 0 || !values.get(last).selected.equals(values.get(last - 1).selected)) {
                out.emit(value);
            }
        }
    }
}
