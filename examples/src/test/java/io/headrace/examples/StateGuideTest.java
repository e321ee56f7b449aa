package io.headrace.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.Aggregates;
import io.headrace.DataStream;
import io.headrace.Pipeline;
import io.headrace.function.BroadcastProcessFunction;
import io.headrace.function.Context;
import io.headrace.function.ControlContext;
import io.headrace.function.Factory;
import io.headrace.function.Output;
import io.headrace.function.ProcessFunction;
import io.headrace.graph.Step;
import io.headrace.state.AggregatingState;
import io.headrace.state.MapState;
import io.headrace.state.ReducingState;
import io.headrace.state.TimeDomain;
import io.headrace.state.TimeSeries;
import io.headrace.state.TimedValue;
import io.headrace.testkit.FedSource;
import io.headrace.testkit.Outputs;
import io.headrace.testkit.PipelineTester;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The programs of the guide to state. */
class StateGuideTest {
    record Reading(String sensor, long time, double celsius) {}

    // tag::states[]
    /** Compares each reading with the average of its sensor, and with the last minute. */
    static final class Jumps extends ProcessFunction<String, Reading, String> {
        private final AggregatingState<Reading, Double> average =
                aggregatingState("average", Aggregates.averageDouble(Reading::celsius));
        private final ReducingState<Double> highest =
                reducingState("highest", Double.class, Math::max);
        private final TimeSeries<Double> minute = timeSeries("minute", Double.class);

        @Override
        public void process(Reading reading, Context<String> context, Output<String> out) {
            long time = context.timestamp();
            for (TimedValue<Double> earlier : minute.range(time - 60_000, time)) {
                if (reading.celsius() - earlier.value() > 10) {
                    out.emit(
                            context.key()
                                    + " rose from "
                                    + earlier.value()
                                    + " to "
                                    + reading.celsius()
                                    + ", average "
                                    + average.get()
                                    + ", highest "
                                    + highest.get());
                    break;
                }
            }
            average.add(reading);
            highest.add(reading.celsius());
            minute.add(time, reading.celsius());
            minute.removeBefore(time - 60_000);
        }
    }

    // end::states[]

    // tag::expiry[]
    /** Says when a sensor has been silent for an hour, and forgets it. */
    static final class Silence extends ProcessFunction<String, Reading, String> {
        private final ReducingState<Integer> readings =
                reducingState("readings", Integer.class, Integer::sum);

        Silence() {
            expireAfter(Duration.ofHours(1), TimeDomain.EVENT_TIME);
        }

        @Override
        public void process(Reading reading, Context<String> context, Output<String> out) {
            readings.add(1);
        }

        @Override
        public void onExpiry(Context<String> context, Output<String> out) {
            out.emit(context.key() + " is silent after " + readings.get() + " readings");
        }
    }

    // end::expiry[]

    private static <F extends ProcessFunction<String, Reading, String>> Pipeline pipeline(
            Factory<F> function) {
        Pipeline pipeline = Pipeline.create("sensors");
        pipeline.readFrom(FedSource.of("readings", Reading.class).eventTimeMillis(Reading::time))
                .keyBy(Reading::sensor)
                .process("step", function)
                .forEach(line -> {});
        return pipeline;
    }

    private static Outputs<String> lines(PipelineTester tester, Pipeline pipeline) {
        List<Step> steps = pipeline.graph().steps();
        return tester.sink(steps.get(steps.size() - 1).name(), String.class);
    }

    @Test
    void comparesReadingsWithTheLastMinute() {
        Pipeline jumps = pipeline(Jumps::new);
        try (PipelineTester tester = PipelineTester.of(jumps).start()) {
            tester.source("readings")
                    .records(
                            new Reading("a", 0, 30),
                            new Reading("a", 50_000, 20),
                            new Reading("a", 61_000, 32));

            lines(tester, jumps).expect("a rose from 20.0 to 32.0, average 25.0, highest 30.0");
            assertThat(tester.state("step", "a", "minute"))
                    .isEqualTo(
                            List.of(
                                    new TimedValue<>(50_000, 20.0),
                                    new TimedValue<>(61_000, 32.0)));
        }
    }

    // tag::test[]
    @Test
    void saysWhenASensorIsSilent() {
        Pipeline silence = pipeline(Silence::new);
        try (PipelineTester tester = PipelineTester.of(silence).start()) {
            tester.source("readings").records(new Reading("a", 0, 20), new Reading("a", 1_000, 21));
            assertThat(tester.state("step", "a", "readings")).isEqualTo(2);
            assertThat(tester.timer("step", "a", "time to live")).hasValue(3_601_000);
            tester.source("readings").watermark(3_600_999);
            lines(tester, silence).expectNothing();

            tester.source("readings").watermark(3_601_000);

            lines(tester, silence).expect("a is silent after 2 readings");
            assertThat(tester.state("step", "a", "readings")).isNull();
        }
    }

    // end::test[]

    record Limit(String site, long time, double celsius) {}

    // tag::rules[]
    /** Names the readings above the limit of their site, as it was at their time. */
    static final class TooHot extends BroadcastProcessFunction<String, Reading, Limit, String> {
        private final MapState<String, Double> limits =
                broadcastState("limits", String.class, Double.class);

        @Override
        public void processControl(Limit limit, ControlContext context) {
            limits.put(limit.site(), limit.celsius());
        }

        @Override
        public void process(Reading reading, Context<String> context, Output<String> out) {
            Double limit = limits.get(reading.sensor().substring(0, 1));
            if (limit != null && reading.celsius() > limit) {
                out.emit(reading.sensor() + ": " + reading.celsius() + " is above " + limit);
            }
        }
    }

    static DataStream<String> tooHot(DataStream<Reading> readings, DataStream<Limit> limits) {
        return readings.keyBy(Reading::sensor)
                .connect(limits.broadcast())
                .process("too-hot", TooHot::new);
    }

    // end::rules[]

    @Test
    void aReadingSeesTheLimitOfItsTime() {
        Pipeline pipeline = Pipeline.create("limits");
        tooHot(
                        pipeline.readFrom(
                                FedSource.of("readings", Reading.class)
                                        .eventTimeMillis(Reading::time)),
                        pipeline.readFrom(
                                FedSource.of("limits", Limit.class).eventTimeMillis(Limit::time)))
                .forEach(line -> {});
        try (PipelineTester tester = PipelineTester.of(pipeline).start()) {
            // tag::rules-test[]
            tester.source("readings").records(new Reading("a1", 10, 31), new Reading("a1", 20, 31));
            tester.source("limits").records(new Limit("a", 15, 30));

            tester.source("readings").watermark(20);
            lines(tester, pipeline).expectNothing(); // There may be more limits of that time.
            tester.source("limits").watermark(20);

            lines(tester, pipeline).expect("a1: 31.0 is above 30.0");
            // end::rules-test[]
        }
    }
}
