package io.headrace.conformance.scenario;

import io.headrace.function.BroadcastProcessFunction;
import io.headrace.function.Context;
import io.headrace.function.ControlContext;
import io.headrace.function.Factory;
import io.headrace.function.Output;
import io.headrace.state.MapState;
import io.headrace.state.TimeDomain;
import io.headrace.state.Timer;
import io.headrace.state.ValueState;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** The functions with broadcast state of scenarios: {@code do=rules}. All results are texts. */
public enum BroadcastKind {
    /** Emits each value with all rules that hold, and how often each was given. */
    RULES(() -> new Rules(false)),
    /** The same, and once more 50 ms after the first value of a key, with how many there were. */
    REPEAT(() -> new Rules(true)),
    /** Emits each value with the latest rule of its own name, and whether that came late. */
    LATEST(Latest::new),
    /** Numbers the values of a key, which expires 60 ms after the last; shows the rules then. */
    EXPIRE(Expiring::new);

    private final Factory<BroadcastProcessFunction<Object, Object, Object, Object>> factory;

    BroadcastKind(Factory<BroadcastProcessFunction<Object, Object, Object, Object>> factory) {
        this.factory = factory;
    }

    static BroadcastKind of(StepLine line) {
        return valueOf(line.option("do").toUpperCase(Locale.ROOT));
    }

    Factory<BroadcastProcessFunction<Object, Object, Object, Object>> factory() {
        return factory;
    }

    private static void add(MapState<String, Long> rules, Object control) {
        Long before = rules.get(control.toString());
        rules.put(control.toString(), before == null ? 1 : before + 1);
    }

    private static String sorted(MapState<String, Long> rules) {
        Map<String, Long> sorted = new TreeMap<>();
        rules.entries().forEach(rule -> sorted.put(rule.getKey(), rule.getValue()));
        return sorted.toString();
    }

    /** No name is a name too: rules need no key. */
    private static String nameOf(Object value) {
        return String.valueOf(Kind.name(value));
    }

    private static final class Rules
            extends BroadcastProcessFunction<Object, Object, Object, Object> {
        private final MapState<String, Long> rules =
                broadcastState("rules", String.class, Long.class);
        private final ValueState<Long> count = valueState("count", Long.class);
        private final Timer again = eventTimeTimer("again");
        private final boolean repeat;

        Rules(boolean repeat) {
            this.repeat = repeat;
        }

        @Override
        public void processControl(Object control, ControlContext context) {
            add(rules, control);
        }

        @Override
        public void process(Object value, Context<Object> context, Output<Object> out) {
            count.set(count.get() == null ? 1 : count.get() + 1);
            if (repeat && again.time().isEmpty()) {
                again.set(context.timestamp() + 50);
            }
            out.emit(value + sorted(rules));
        }

        @Override
        public void onTimer(String timer, long time, Context<Object> context, Output<Object> out) {
            out.emit(count.get() + " again" + sorted(rules));
            count.clear();
        }
    }

    private static final class Latest
            extends BroadcastProcessFunction<Object, Object, Object, Object> {
        private final MapState<String, String> rules =
                broadcastState("rules", String.class, String.class);

        @Override
        public void processControl(Object control, ControlContext context) {
            rules.put(nameOf(control), control + (context.late() ? " late" : ""));
        }

        @Override
        public void process(Object value, Context<Object> context, Output<Object> out) {
            out.emit(value + "<" + rules.get(nameOf(value)));
        }
    }

    private static final class Expiring
            extends BroadcastProcessFunction<Object, Object, Object, Object> {
        private final MapState<String, Long> rules =
                broadcastState("rules", String.class, Long.class);
        private final ValueState<Long> count = valueState("count", Long.class);

        Expiring() {
            expireAfter(Duration.ofMillis(60), TimeDomain.EVENT_TIME);
        }

        @Override
        public void processControl(Object control, ControlContext context) {
            add(rules, control);
        }

        @Override
        public void process(Object value, Context<Object> context, Output<Object> out) {
            count.set(count.get() == null ? 1 : count.get() + 1);
            out.emit(count.get() + " " + value);
        }

        @Override
        public void onExpiry(Context<Object> context, Output<Object> out) {
            out.emit(count.get() + " expire" + sorted(rules));
        }
    }
}
