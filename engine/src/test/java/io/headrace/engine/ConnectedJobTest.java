package io.headrace.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.DataStream;
import io.headrace.Job;
import io.headrace.Pipeline;
import io.headrace.function.CoProcessFunction;
import io.headrace.function.Context;
import io.headrace.function.Output;
import io.headrace.state.ListState;
import io.headrace.type.Type;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Connected streams with the threads of a job, and rings that run full. */
@Timeout(120)
class ConnectedJobTest {
    private static final int RECORDS = 30_000;
    private static final int KEYS = 500;
    private static final Type<String> STRING = Type.of(String.class);

    /** Emits every pair of a record of the first and one of the second input, as a product. */
    static final class Pairs extends CoProcessFunction<String, Event, Event, Event> {
        private final ListState<Event> first = listState("first", Event.class);
        private final ListState<Event> second = listState("second", Event.class);

        @Override
        public void processFirst(Event event, Context<String> context, Output<Event> out) {
            first.add(event);
            second.get().forEach(other -> emit(event, other, out));
        }

        @Override
        public void processSecond(Event event, Context<String> context, Output<Event> out) {
            second.add(event);
            first.get().forEach(other -> emit(other, event, out));
        }

        private static void emit(Event first, Event second, Output<Event> out) {
            long time = Math.max(first.time(), second.time());
            out.emit(new Event(first.key(), time, first.value() - second.value()));
        }
    }

    private static DataStream<Event> read(Pipeline pipeline, String name, int count) {
        List<Event> events =
                LongStream.range(0, count).mapToObj(i -> new Event("k" + i % KEYS, i, i)).toList();
        return pipeline.readFrom(name, ListSource.bounded(Duration.ZERO, List.of(events)));
    }

    private static Queue<Event> run(Pipeline pipeline, DataStream<Event> results)
            throws InterruptedException {
        Queue<Event> found = new ConcurrentLinkedQueue<>();
        results.forEach(found::add);
        try (Job job = EmbeddedRunner.inMemory().start(pipeline)) {
            job.await();
        }
        return found;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5})
    void everyPairMeetsOnce(int parallelism) throws Exception {
        Pipeline pipeline = Pipeline.create("pairs").parallelism(parallelism);
        DataStream<Event> pairs =
                read(pipeline, "many", RECORDS)
                        .keyBy(Event::key, STRING)
                        .connect(read(pipeline, "few", 2 * KEYS).keyBy(Event::key, STRING))
                        .process("pairs", Pairs::new);

        Queue<Event> found = run(pipeline, pairs);

        assertThat(found).hasSize(2 * RECORDS).doesNotHaveDuplicates();
        assertThat(found).allMatch(pair -> pair.value() % KEYS == 0);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5})
    void aStreamMeetsWhatFollowsFromItWithoutWaitingForItself(int parallelism) throws Exception {
        Pipeline pipeline = Pipeline.create("behind").parallelism(parallelism);
        DataStream<Event> events = read(pipeline, "events", RECORDS);
        DataStream<Event> firsts =
                events.keyBy(event -> event.value() % 7)
                        .filter(event -> event.value() < KEYS)
                        .unkeyed();
        DataStream<Event> pairs =
                events.keyBy(Event::key, STRING)
                        .connect(firsts.keyBy(Event::key, STRING))
                        .process("pairs", Pairs::new);

        Queue<Event> found = run(pipeline, pairs);

        assertThat(found).hasSize(RECORDS).doesNotHaveDuplicates();
    }
}
