package io.headrace.conformance.scenario;

import io.headrace.Aggregates;
import io.headrace.function.Context;
import io.headrace.function.Factory;
import io.headrace.function.Output;
import io.headrace.function.ProcessFunction;
import io.headrace.function.Side;
import io.headrace.state.AggregatingState;
import io.headrace.state.ListState;
import io.headrace.state.MapState;
import io.headrace.state.ReducingState;
import io.headrace.state.TimeDomain;
import io.headrace.state.TimeSeries;
import io.headrace.state.TimedValue;
import io.headrace.state.Timer;
import io.headrace.state.ValueState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** The process functions of scenarios: {@code do=running}. */
public enum ProcessKind {
    /** Emits the sum so far with each record. */
    RUNNING(Kind.NUMBER, Running::new),
    /** Emits each value twice. */
    TWICE(Kind.TEXT, Twice::new),
    /** Emits the last three values with each record. */
    LAST(Kind.TEXT, Last::new),
    /** Counts the values per number; emits the table when a number has come three times. */
    TALLY(Kind.TEXT, Tally::new),
    /** Emits the largest value so far with each record; forgets it at a multiple of 7. */
    LARGEST(Kind.NUMBER, Largest::new),
    /** Emits the average so far with each record; forgets it at a multiple of 5. */
    AVERAGE(Kind.TEXT, Average::new),
    /** Emits the values of the last 50 ms with each record, and forgets what is before them. */
    RECENT(Kind.TEXT, Recent::new),
    /** Sums, and emits the sum at the end of each 100 ms of event time in which a record came. */
    FLUSH(Kind.NUMBER, Flush::new),
    /** Emits all values once none has come for 50 ms of event time. */
    SESSION(Kind.TEXT, Session::new),
    /** Two timers for one time; an odd number clears the second. */
    TIES(Kind.TEXT, Ties::new),
    /** Sets a timer 100 ms in the past, which sets itself twice more. */
    OVERDUE(Kind.TEXT, Overdue::new),
    /** Emits how many came 100 ms of processing time after the first, and again 100 ms later. */
    REMIND(Kind.NUMBER, Remind::new),
    /** Keeps values in every kind of state for 60 ms of event time; see {@code Expiring}. */
    EXPIRE(Kind.TEXT, () -> new Expiring(60, TimeDomain.EVENT_TIME)),
    /** The same for 80 ms of processing time. */
    FADE(Kind.TEXT, () -> new Expiring(80, TimeDomain.PROCESSING_TIME)),
    /** Odd numbers go to the side output; the others with all that the context says. */
    ROUTE(Kind.TEXT, null);

    private final Kind result;
    private final Factory<ProcessFunction<Object, Object, Object>> factory;

    ProcessKind(Kind result, Factory<ProcessFunction<Object, Object, Object>> factory) {
        this.result = result;
        this.factory = factory;
    }

    static ProcessKind of(StepLine line) {
        return valueOf(line.option("do").toUpperCase(Locale.ROOT));
    }

    Kind result() {
        return result;
    }

    boolean hasTimers() {
        return switch (this) {
            case FLUSH, SESSION, TIES, OVERDUE, REMIND, EXPIRE, FADE -> true;
            default -> false;
        };
    }

    boolean hasProcessingTimers() {
        return this == REMIND || this == FADE;
    }

    /** Returns the factory of the function of a step. */
    Factory<ProcessFunction<Object, Object, Object>> factory(StepLine line) {
        if (this == ROUTE) {
            Side<Object> side = new Side<>(line.option("side"), Kind.TEXT.type());
            return () -> new Route(side);
        }
        return factory;
    }

    private static final class Running extends ProcessFunction<Object, Object, Object> {
        private final ValueState<Long> sum = valueState("sum", Long.class);

        @Override
        public void process(Object value, Context<Object> context, Output<Object> out) {
            Long before = sum.get();
            sum.set((before == null ? 0 : before) + Kind.number(value));
            out.emit(sum.get());
        }
    }

    private static final class Twice extends ProcessFunction<Object, Object, Object> {
        @Override
        public void process(Object value, Context<Object> context, Output<Object> out) {
            out.emit(value.toString());
            out.emit(value.toString());
        }
    }

    private static final class Last extends ProcessFunction<Object, Object, Object> {
        private final ListState<String> values = listState("values", String.class);

        @Override
        public void process(Object value, Context<Object> context, Output<Object> out) {
            values.add(value.toString());
            if (values.size() > 3) {
                List<String> kept = new ArrayList<>();
                values.get().forEach(kept::add);
                values.set(kept.subList(1, kept.size()));
            }
            out.emit(String.join(",", values.get()));
        }
    }

    private static final class Tally extends ProcessFunction<Object, Object, Object> {
        private final MapState<Long, Long> counts = mapState("counts", Long.class, Long.class);

        @Override
        public void process(Object value, Context<Object> context, Output<Object> out) {
            Long before = counts.get(Kind.number(value));
            counts.put(Kind.number(value), before == null ? 1 : before + 1);
            if (before == null || before < 2) {
                return;
            }
            Map<Long, Long> table = new TreeMap<>();
            for (Map.Entry<Long, Long> entry : counts.entries()) {
                table.put(entry.getKey(), entry.getValue());
            }
            counts.remove(Kind.number(value));
            out.emit(table + (counts.isEmpty() ? "!" : ""));
        }
    }

    private static final class Largest extends ProcessFunction<Object, Object, Object> {
        private final ReducingState<Long> largest = reducingState("largest", Long.class, Math::max);

        @Override
        public void process(Object value, Context<Object> context, Output<Object> out) {
            largest.add(Kind.number(value));
            out.emit(largest.get());
            if (Kind.number(value) % 7 == 0) {
                largest.clear();
            }
        }
    }

    private static final class Average extends ProcessFunction<Object, Object, Object> {
        private final AggregatingState<Object, Double> average =
                aggregatingState("average", Aggregates.averageLong(Kind::number));

        @Override
        public void process(Object value, Context<Object> context, Output<Object> out) {
            Double before = average.get();
            average.add(value);
            out.emit(before + " " + average.get());
            if (Kind.number(value) % 5 == 0) {
                average.clear();
            }
        }
    }

    private static final class Recent extends ProcessFunction<Object, Object, Object> {
        private final TimeSeries<Object> values = timeSeries("values", Kind.TEXT.type());

        @Override
        public void process(Object value, Context<Object> context, Output<Object> out) {
            final long time = context.timestamp();
            values.add(time, value.toString());
            StringBuilder text = new StringBuilder();
            for (TimedValue<Object> each : values.range(time - 49, time + 1)) {
                text.append(each.time()).append(' ').append(each.value()).append(',');
            }
            out.emit(text + "of " + values.size());
            if (Kind.number(value) % 8 == 0) {
                values.clear();
            } else {
                values.removeBefore(time - 49);
            }
        }
    }

    private static final class Flush extends ProcessFunction<Object, Object, Object> {
        private final ValueState<Long> sum = valueState("sum", Long.class);
        private final Timer flush = eventTimeTimer("flush");

        @Override
        public void process(Object value, Context<Object> context, Output<Object> out) {
            Long before = sum.get();
            sum.set((before == null ? 0 : before) + Kind.number(value));
            long time = Math.floorDiv(context.timestamp(), 100L) * 100 + 99;
            if (flush.time().isEmpty() || flush.time().getAsLong() > time) {
                flush.set(time);
            }
        }

        @Override
        public void onTimer(String timer, long time, Context<Object> context, Output<Object> out) {
            out.emit(sum.get());
            sum.clear();
        }
    }

    private static final class Session extends ProcessFunction<Object, Object, Object> {
        private final ListState<String> values = listState("values", String.class);
        private final Timer gap = eventTimeTimer("gap");

        @Override
        public void process(Object value, Context<Object> context, Output<Object> out) {
            values.add(value.toString());
            gap.set(context.timestamp() + 50);
        }

        @Override
        public void onTimer(String timer, long time, Context<Object> context, Output<Object> out) {
            out.emit(String.join(",", values.get()));
            values.clear();
        }
    }

    private static final class Ties extends ProcessFunction<Object, Object, Object> {
        private final Timer first = eventTimeTimer("first");
        private final Timer second = eventTimeTimer("second");

        @Override
        public void process(Object value, Context<Object> context, Output<Object> out) {
            second.set(context.timestamp() + 10);
            first.set(context.timestamp() + 10);
            if (Kind.number(value) % 2 != 0) {
                second.clear();
            }
        }

        @Override
        public void onTimer(String timer, long time, Context<Object> context, Output<Object> out) {
            out.emit(timer + "@" + time);
        }
    }

    private static final class Overdue extends ProcessFunction<Object, Object, Object> {
        private final ValueState<Long> left = valueState("left", Long.class);
        private final Timer again = eventTimeTimer("again");

        @Override
        public void process(Object value, Context<Object> context, Output<Object> out) {
            left.set(2L);
            again.set(context.timestamp() - 100);
        }

        @Override
        public void onTimer(String timer, long time, Context<Object> context, Output<Object> out) {
            out.emit(left.get() + " at " + time);
            if (left.get() == 0) {
                left.clear();
            } else {
                left.set(left.get() - 1);
                again.set(time + 1);
            }
        }
    }

    private static final class Remind extends ProcessFunction<Object, Object, Object> {
        private final ValueState<Long> count = valueState("count", Long.class);
        private final ValueState<Boolean> reminded = valueState("reminded", Boolean.class);
        private final Timer remind = processingTimeTimer("remind");

        @Override
        public void process(Object value, Context<Object> context, Output<Object> out) {
            count.set(count.get() == null ? 1 : count.get() + 1);
            if (remind.time().isEmpty()) {
                remind.set(context.processingTime() + 100);
            }
        }

        @Override
        public void onTimer(String timer, long time, Context<Object> context, Output<Object> out) {
            out.emit(count.get());
            if (reminded.get() == null) {
                reminded.set(true);
                remind.set(time + 100);
            } else {
                reminded.clear();
                count.clear();
            }
        }
    }

    /**
     * Shows with each record what came of its key before it. An even number sets a timer of event
     * time, 60 ms ahead as the expiry in event time is, of a multiple of 4 one that is before it; a
     * multiple of 7 forgets all but the timer, a multiple of 5 that too.
     */
    private static final class Expiring extends ProcessFunction<Object, Object, Object> {
        private final ValueState<Long> last = valueState("last", Long.class);
        private final ListState<String> values = listState("values", String.class);
        private final MapState<Long, Long> counts = mapState("counts", Long.class, Long.class);
        private final ReducingState<Long> sum = reducingState("sum", Long.class, Long::sum);
        private final AggregatingState<Object, Long> count =
                aggregatingState("count", Aggregates.count());
        private final TimeSeries<Long> series = timeSeries("series", Long.class);
        private final Timer timer = eventTimeTimer("timer");
        private final Timer other = eventTimeTimer("other");

        Expiring(long millis, TimeDomain clock) {
            expireAfter(Duration.ofMillis(millis), clock);
        }

        @Override
        public void process(Object value, Context<Object> context, Output<Object> out) {
            out.emit(shown());
            long number = Kind.number(value);
            last.set(number);
            values.add(value.toString());
            counts.put(number % 3, number);
            sum.add(number);
            count.add(value);
            series.add(context.timestamp(), number);
            if (number % 2 == 0) {
                timer.set(context.timestamp() + (number % 4 == 0 ? 25 : 60));
            }
            if (number % 8 == 4) {
                other.set(context.timestamp() + 25);
            }
            if (number % 7 == 0 || number % 5 == 0) {
                clearStates();
            }
            if (number % 5 == 0) {
                timer.clear();
            }
        }

        private void clearStates() {
            last.clear();
            values.clear();
            counts.clear();
            sum.clear();
            count.clear();
            series.clear();
        }

        private String shown() {
            Map<Long, Long> table = new TreeMap<>();
            counts.entries().forEach(entry -> table.put(entry.getKey(), entry.getValue()));
            return String.join(",", values.get())
                    + "/"
                    + (last.get() == null ? "" : last.get() + "/" + table + "/" + sum.get())
                    + "/"
                    + count.get()
                    + "/"
                    + series.size()
                    + (timer.time().isPresent() ? "/" + timer.time().getAsLong() : "");
        }

        @Override
        public void onTimer(String name, long time, Context<Object> context, Output<Object> out) {
            out.emit(name + " of " + shown());
            if (name.equals("other")) {
                return;
            }
            if (values.size() % 2 == 0) {
                clearStates();
            } else if (values.size() < 4) {
                values.add("timer");
                timer.set(time + 20);
            }
        }

        @Override
        public void onExpiry(Context<Object> context, Output<Object> out) {
            out.emit("expired " + shown());
            values.add("too late to be kept");
            timer.set(context.timestamp());
        }
    }

    private static final class Route extends ProcessFunction<Object, Object, Object> {
        private final Side<Object> odd;

        Route(Side<Object> odd) {
            this.odd = sideOutput(odd);
        }

        @Override
        public void process(Object value, Context<Object> context, Output<Object> out) {
            if (Kind.number(value) % 2 != 0) {
                context.emit(odd, value.toString());
                return;
            }
            long watermark = context.watermark();
            out.emit(
                    context.key()
                            + "/"
                            + value
                            + "/"
                            + context.timestamp()
                            + "/"
                            + (watermark == Long.MIN_VALUE ? "none" : watermark));
        }
    }
}
