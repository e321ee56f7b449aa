package io.headrace.conformance.scenario;

import io.headrace.function.CoProcessFunction;
import io.headrace.function.Context;
import io.headrace.function.Factory;
import io.headrace.function.Output;
import io.headrace.state.ListState;
import io.headrace.state.Timer;
import io.headrace.state.ValueState;
import java.util.Locale;

/** The functions of two inputs of scenarios: {@code do=latest}. All results are texts. */
public enum CoProcessKind {
    /** Emits each value of the second input with the latest one of the first. */
    LATEST(Latest::new),
    /** Emits all values of both inputs that came so far, with the number of their input. */
    BOTH(Both::new),
    /**
     * A value of the second input answers those of the first that wait; one that waits for 50 ms of
     * event time is given up.
     */
    ANSWER(Answer::new),
    /** Sums each input, and emits both at the end of each 100 ms in which a record came. */
    SUMS(Sums::new),
    /** Emits each value with its input. */
    TAG(Tag::new);

    private final Factory<CoProcessFunction<Object, Object, Object, Object>> factory;

    CoProcessKind(Factory<CoProcessFunction<Object, Object, Object, Object>> factory) {
        this.factory = factory;
    }

    static CoProcessKind of(StepLine line) {
        return valueOf(line.option("do").toUpperCase(Locale.ROOT));
    }

    boolean hasTimers() {
        return this == ANSWER || this == SUMS;
    }

    Factory<CoProcessFunction<Object, Object, Object, Object>> factory() {
        return factory;
    }

    private static final class Latest extends CoProcessFunction<Object, Object, Object, Object> {
        private final ValueState<String> latest = valueState("latest", String.class);

        @Override
        public void processFirst(Object value, Context<Object> context, Output<Object> out) {
            latest.set(value.toString());
        }

        @Override
        public void processSecond(Object value, Context<Object> context, Output<Object> out) {
            out.emit(value + "<" + latest.get());
        }
    }

    private static final class Both extends CoProcessFunction<Object, Object, Object, Object> {
        private final ListState<String> values = listState("values", String.class);

        @Override
        public void processFirst(Object value, Context<Object> context, Output<Object> out) {
            values.add("1:" + value);
            out.emit(String.join(",", values.get()));
        }

        @Override
        public void processSecond(Object value, Context<Object> context, Output<Object> out) {
            values.add("2:" + value);
            out.emit(String.join(",", values.get()));
        }
    }

    private static final class Answer extends CoProcessFunction<Object, Object, Object, Object> {
        private final ListState<String> waiting = listState("waiting", String.class);
        private final Timer giveUp = eventTimeTimer("give-up");

        @Override
        public void processFirst(Object value, Context<Object> context, Output<Object> out) {
            waiting.add(value.toString());
            giveUp.set(context.timestamp() + 50);
        }

        @Override
        public void processSecond(Object value, Context<Object> context, Output<Object> out) {
            out.emit(value + " answers " + String.join(",", waiting.get()));
            waiting.clear();
            giveUp.clear();
        }

        @Override
        public void onTimer(String timer, long time, Context<Object> context, Output<Object> out) {
            out.emit("nothing answers " + String.join(",", waiting.get()));
            waiting.clear();
        }
    }

    private static final class Sums extends CoProcessFunction<Object, Object, Object, Object> {
        private final ValueState<Long> first = valueState("first", Long.class);
        private final ValueState<Long> second = valueState("second", Long.class);
        private final Timer end = eventTimeTimer("end");

        @Override
        public void processFirst(Object value, Context<Object> context, Output<Object> out) {
            add(first, value, context);
        }

        @Override
        public void processSecond(Object value, Context<Object> context, Output<Object> out) {
            add(second, value, context);
        }

        private void add(ValueState<Long> sum, Object value, Context<Object> context) {
            Long before = sum.get();
            sum.set((before == null ? 0 : before) + Kind.number(value));
            long time = Math.floorDiv(context.timestamp(), 100L) * 100 + 99;
            if (end.time().isEmpty() || end.time().getAsLong() > time) {
                end.set(time);
            }
        }

        @Override
        public void onTimer(String timer, long time, Context<Object> context, Output<Object> out) {
            out.emit(first.get() + "/" + second.get());
            first.clear();
            second.clear();
        }
    }

    private static final class Tag extends CoProcessFunction<Object, Object, Object, Object> {
        @Override
        public void processFirst(Object value, Context<Object> context, Output<Object> out) {
            out.emit("1:" + value);
        }

        @Override
        public void processSecond(Object value, Context<Object> context, Output<Object> out) {
            out.emit("2:" + value);
        }
    }
}
