package io.headrace.testkit.simulation;

import io.headrace.KeyedStream;
import io.headrace.function.Context;
import io.headrace.function.Output;
import io.headrace.function.ProcessFunction;
import io.headrace.state.ReducingState;
import io.headrace.state.TimeDomain;
import io.headrace.state.TimeSeries;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Keys that expire in event time, and show then what came in their life. No record is late, so that
 * a key has the lives that its own records say, whatever the watermark does meanwhile.
 */
record LivesShape(long timeToLiveMillis) implements Shape {
    @Override
    public int sources() {
        return 1;
    }

    @Override
    public void build(Canvas canvas) {
        KeyedStream<String, Measurement> keyed =
                canvas.inputs().get(0).keyBy(Measurement::keyOfSplit);
        if (canvas.random().nextBoolean()) {
            keyed = keyed.parallelism(canvas.parallelism());
        }
        keyed.forEach(value -> {});
        keyed.mapWithKey((String key, Measurement value) -> value)
                .flatMap((Measurement value, Output<Measurement> out) -> out.emit(value))
                .process("lives", () -> new Lives(timeToLiveMillis))
                .writeTo(canvas.sinks().apply("ended"));
        DeadLetterLines.write(canvas);
    }

    private static String line(String key, long first, int count, long sum) {
        return key + " from " + first + ": " + count + " with " + sum;
    }

    /** The function. */
    static final class Lives extends ProcessFunction<String, Measurement, String> {
        private final ReducingState<Long> sum = reducingState("sum", Long.class, Long::sum);
        private final TimeSeries<Long> times = timeSeries("times", Long.class);

        Lives(long timeToLiveMillis) {
            expireAfter(Duration.ofMillis(timeToLiveMillis), TimeDomain.EVENT_TIME);
        }

        @Override
        public void process(Measurement value, Context<String> context, Output<String> out) {
            sum.add(value.amount());
            times.add(value.time(), value.id());
        }

        @Override
        public void onExpiry(Context<String> context, Output<String> out) {
            long first = times.all().get(0).time();
            out.emit(line(context.key(), first, times.size(), sum.get()));
        }
    }

    /** One life of a key. */
    private static final class Life {
        private final String key;
        private long first = Long.MAX_VALUE;
        private long last = Long.MIN_VALUE;
        private int count;
        private long sum;

        Life(String key) {
            this.key = key;
        }

        void take(Measurement item) {
            first = Math.min(first, item.time());
            last = Math.max(last, item.time());
            count++;
            sum += item.amount();
        }
    }

    @Override
    public Map<String, Expected> expect(List<SplitData> splits) {
        List<String> lines = new ArrayList<>();
        for (SplitData split : splits) {
            Map<String, Life> lives = new LinkedHashMap<>();
            for (Measurement item : split.items()) {
                if (item == null || item.key() == null) {
                    continue;
                }
                Life life = lives.computeIfAbsent(item.keyOfSplit(), Life::new);
                if (life.count > 0 && item.time() - life.last >= timeToLiveMillis) {
                    lines.add(line(life.key, life.first, life.count, life.sum));
                    life = new Life(life.key);
                    lives.put(life.key, life);
                }
                life.take(item);
            }
            lives.values()
                    .forEach(life -> lines.add(line(life.key, life.first, life.count, life.sum)));
        }
        return Map.of(
                "ended",
                Expected.timed(lines),
                DeadLetterLines.SINK,
                DeadLetterLines.expect(splits, (split, item) -> true));
    }
}
