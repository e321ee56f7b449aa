package io.headrace.testkit.simulation;

import static io.headrace.testkit.simulation.SimulationFailure.require;

import io.headrace.KeyedStream;
import io.headrace.function.Context;
import io.headrace.function.Output;
import io.headrace.function.ProcessFunction;
import io.headrace.state.ListState;
import io.headrace.state.TimeDomain;
import io.headrace.state.Timer;
import io.headrace.state.ValueState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Collects the records of a key until processing time lets them go, by a timer or because the key
 * expires, or the input has ended. Which records go together depends on the schedule; that each
 * goes once does not. A function keeps a ledger of its timer, or of how old its state is.
 */
record PulseShape(long delayMillis, boolean expires) implements Shape {
    /** The last time a timer can have. */
    private static final long END = Long.MAX_VALUE - 1;

    @Override
    public int sources() {
        return 1;
    }

    @Override
    public boolean delaysBarriers() {
        return true;
    }

    @Override
    public void build(Canvas canvas) {
        KeyedStream<String, Measurement> keyed = canvas.inputs().get(0).keyBy(Measurement::key);
        if (canvas.random().nextBoolean()) {
            keyed = keyed.parallelism(canvas.parallelism());
        }
        KeyedStream<String, String> released =
                expires
                        ? keyed.process("pulses", () -> new Fading(delayMillis))
                        : keyed.process("pulses", () -> new Pulses(delayMillis));
        released.writeTo(canvas.sinks().apply("released"));
        DeadLetterLines.write(canvas);
    }

    /** The function whose keys expire. */
    static final class Fading extends ProcessFunction<String, Measurement, String> {
        private final ListState<Long> held = listState("held", Long.class);
        private final ValueState<Long> last = valueState("last", Long.class);
        private final Timer end = eventTimeTimer("end");
        private final long delayMillis;

        Fading(long delayMillis) {
            this.delayMillis = delayMillis;
            expireAfter(Duration.ofMillis(delayMillis), TimeDomain.PROCESSING_TIME);
        }

        @Override
        public void process(Measurement value, Context<String> context, Output<String> out) {
            long now = context.processingTime();
            require(
                    last.get() == null || now - last.get() < delayMillis,
                    "%s of %d seen at %d",
                    context.key(),
                    last.get(),
                    now);
            held.add(value.id());
            last.set(now);
            end.set(END);
        }

        @Override
        public void onTimer(String timer, long time, Context<String> context, Output<String> out) {
            held.get().forEach(id -> out.emit("released " + id));
            held.clear();
            last.clear();
        }

        @Override
        public void onExpiry(Context<String> context, Output<String> out) {
            require(
                    context.processingTime() - last.get() >= delayMillis,
                    "%s of %d expired at %d",
                    context.key(),
                    last.get(),
                    context.processingTime());
            held.get().forEach(id -> out.emit("released " + id));
        }
    }

    /** The function with a timer. */
    static final class Pulses extends ProcessFunction<String, Measurement, String> {
        private final ListState<Long> held = listState("held", Long.class);
        private final ValueState<Long> open = valueState("open", Long.class);
        private final Timer pulse = processingTimeTimer("pulse");
        private final Timer end = eventTimeTimer("end");
        private final long delayMillis;

        Pulses(long delayMillis) {
            this.delayMillis = delayMillis;
        }

        @Override
        public void process(Measurement value, Context<String> context, Output<String> out) {
            requireLedger(context);
            held.add(value.id());
            if (pulse.time().isEmpty()) {
                pulse.set(context.processingTime() + delayMillis);
                open.set(1L); // Registered, and neither fired nor deleted.
            }
            end.set(END);
        }

        @Override
        public void onTimer(String timer, long time, Context<String> context, Output<String> out) {
            if (timer.equals("pulse")) {
                require(
                        time <= context.processingTime() && open.get() != null,
                        "%s fired at %d for %d",
                        context.key(),
                        context.processingTime(),
                        time);
            } else {
                requireLedger(context);
                pulse.clear();
            }
            open.clear();
            held.get().forEach(id -> out.emit("released " + id));
            held.clear();
        }

        private void requireLedger(Context<String> context) {
            require(
                    (open.get() != null) == pulse.time().isPresent(),
                    "the timer of %s is %s",
                    context.key(),
                    pulse.time());
        }
    }

    @Override
    public Map<String, Expected> expect(List<SplitData> splits) {
        List<String> lines = new ArrayList<>();
        for (SplitData split : splits) {
            for (Measurement item : split.items()) {
                if (item != null && item.key() != null) {
                    lines.add("released " + item.id());
                }
            }
        }
        return Map.of(
                "released",
                Expected.timed(lines),
                DeadLetterLines.SINK,
                DeadLetterLines.expect(splits, (split, item) -> true));
    }
}
