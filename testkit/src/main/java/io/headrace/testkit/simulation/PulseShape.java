package io.headrace.testkit.simulation;

import static io.headrace.testkit.simulation.SimulationFailure.require;

import io.headrace.KeyedStream;
import io.headrace.function.Context;
import io.headrace.function.Output;
import io.headrace.function.ProcessFunction;
import io.headrace.state.ListState;
import io.headrace.state.Timer;
import io.headrace.state.ValueState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Collects the records of a key until a timer of processing time lets them go, or the input has
 * ended. Which records go together depends on the schedule; that each goes once does not. The
 * function keeps a ledger of its timer.
 */
record PulseShape(long delayMillis) implements Shape {
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
        keyed.process("pulses", () -> new Pulses(delayMillis))
                .writeTo(canvas.sinks().apply("released"));
        DeadLetterLines.write(canvas);
    }

    /** The function. */
    static final class Pulses extends ProcessFunction<String, Measurement, String> {
        private static final long END = Long.MAX_VALUE - 1;

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
