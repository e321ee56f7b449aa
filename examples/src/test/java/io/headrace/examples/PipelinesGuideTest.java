package io.headrace.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.Aggregates;
import io.headrace.DataStream;
import io.headrace.Job;
import io.headrace.JobMetrics;
import io.headrace.KeyedStream;
import io.headrace.Overflow;
import io.headrace.Pipeline;
import io.headrace.Windows;
import io.headrace.connector.EventTime;
import io.headrace.connectors.files.FileSource;
import io.headrace.connectors.files.Files;
import io.headrace.engine.EmbeddedRunner;
import io.headrace.function.Context;
import io.headrace.function.Output;
import io.headrace.function.ProcessFunction;
import io.headrace.function.Side;
import io.headrace.testkit.FedSource;
import io.headrace.testkit.PipelineTester;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The programs of the guides to pipelines and to time. */
class PipelinesGuideTest {
    // tag::records[]
    record Order(long id, Instant time, String shop, long cents) {}

    record Turnover(String shop, long startMillis, long cents) {}

    // end::records[]

    @TempDir private Path directory;

    static Pipeline turnover(Path in, Path out) {
        // tag::pipeline[]
        Pipeline pipeline = Pipeline.create("turnover");
        DataStream<Order> orders =
                pipeline.readFrom(
                        "orders",
                        Files.csv(in.resolve("orders-*.csv").toString(), Order.class)
                                .eventTime(Order::time, Duration.ofSeconds(10)));
        orders.filter(order -> order.cents() > 0)
                .keyBy(Order::shop)
                .window(Windows.tumbling(Duration.ofHours(1)))
                .aggregate(
                        "per-hour",
                        Aggregates.sumLong(Order::cents),
                        (shop, window, cents) -> new Turnover(shop, window.startMillis(), cents))
                .writeTo("turnover", Files.jsonLinesTo(out, Turnover.class));
        // end::pipeline[]
        return pipeline;
    }

    private JobMetrics run(Pipeline pipeline) throws InterruptedException {
        Path state = directory.resolve("state");
        // tag::run[]
        try (Job job = EmbeddedRunner.with(state).start(pipeline)) {
            job.await();
            return job.metrics();
        }
        // end::run[]
    }

    @Test
    void writesTheTurnoverOfEachHour() throws IOException, InterruptedException {
        java.nio.file.Files.writeString(
                directory.resolve("orders-1.csv"),
                """
                id,time,shop,cents
                1,2026-01-01T00:00:00Z,a,500
                2,2026-01-01T00:59:59Z,a,700
                3,2026-01-01T01:00:00Z,a,0
                4,2026-01-01T01:00:00Z,a,9
                """);

        JobMetrics metrics = run(turnover(directory, directory.resolve("out")));

        assertThat(metrics.step("per-hour").in()).isEqualTo(3);
        try (Stream<Path> parts = java.nio.file.Files.list(directory.resolve("out"))) {
            List<Path> published = parts.filter(part -> part.toString().contains("part")).toList();
            assertThat(published)
                    .flatExtracting(java.nio.file.Files::readAllLines)
                    .anyMatch(line -> line.contains("\"cents\":1200"))
                    .anyMatch(line -> line.contains("\"cents\":9"));
        }
    }

    @Test
    void writesEachShardByItself() throws IOException, InterruptedException {
        StringBuilder csv = new StringBuilder("id,time,shop,cents\n");
        for (int id = 1; id <= 30; id++) {
            csv.append(id).append(",2026-01-01T00:00:00Z,a,500\n");
        }
        java.nio.file.Files.writeString(directory.resolve("orders-1.csv"), csv);
        Path out = directory.resolve("out");
        Pipeline pipeline = Pipeline.create("shards").parallelism(3);
        DataStream<Order> orders =
                pipeline.readFrom(
                        Files.csv(directory.resolve("orders-*.csv").toString(), Order.class));
        // tag::partition[]
        orders.partitionBy((order, subtasks) -> (int) (order.id() % subtasks))
                .writeTo("by-shard", Files.jsonLinesTo(out, Order.class));
        // end::partition[]

        run(pipeline);

        try (Stream<Path> files = java.nio.file.Files.list(out)) {
            List<Path> parts = files.filter(part -> part.toString().contains("part")).toList();
            assertThat(parts).hasSize(3);
            for (Path part : parts) {
                List<String> lines = java.nio.file.Files.readAllLines(part);
                assertThat(lines).hasSize(10);
                long shard = id(lines.get(0)) % 3;
                assertThat(lines).allMatch(line -> id(line) % 3 == shard);
            }
        }
    }

    record Size(int range, long orders) {}

    @Test
    void countsOrdersByTheirSize() throws IOException, InterruptedException {
        java.nio.file.Files.writeString(
                directory.resolve("orders-1.csv"),
                """
                id,time,shop,cents
                1,2026-01-01T00:00:00Z,a,500
                2,2026-01-01T00:00:01Z,b,999
                3,2026-01-01T00:00:02Z,a,1000
                4,2026-01-01T00:00:03Z,a,100000
                """);
        Path out = directory.resolve("out");
        Pipeline pipeline = Pipeline.create("sizes").parallelism(2);
        DataStream<Order> orders =
                pipeline.readFrom(
                        Files.csv(directory.resolve("orders-*.csv").toString(), Order.class)
                                .eventTime(Order::time, Duration.ofSeconds(10)));
        // tag::ranges[]
        orders.partitionByRange(Order::cents, List.of(1_000L, 10_000L, 100_000L))
                .window(Windows.tumbling(Duration.ofHours(1)))
                .aggregate(
                        "per-range",
                        Aggregates.count(),
                        (range, window, count) -> new Size(range.index(), count))
                .writeTo("ranges", Files.jsonLinesTo(out, Size.class));
        // end::ranges[]

        run(pipeline);

        try (Stream<Path> files = java.nio.file.Files.list(out)) {
            assertThat(files.filter(part -> part.toString().contains("part")).toList())
                    .flatExtracting(java.nio.file.Files::readAllLines)
                    .containsExactlyInAnyOrder(
                            "{\"range\":0,\"orders\":2}",
                            "{\"range\":1,\"orders\":1}",
                            "{\"range\":3,\"orders\":1}");
        }
    }

    @Test
    void sortsOrdersBySize() throws IOException, InterruptedException {
        StringBuilder csv = new StringBuilder("id,time,shop,cents\n");
        for (int id = 0; id < 500; id++) {
            csv.append(id).append(",2026-01-01T00:00:00Z,a,").append(id * 389 % 500).append('\n');
        }
        java.nio.file.Files.writeString(directory.resolve("orders-1.csv"), csv);
        Path out = directory.resolve("out");
        Pipeline pipeline = Pipeline.create("sort").parallelism(3);
        DataStream<Order> orders =
                pipeline.readFrom(
                        Files.csv(directory.resolve("orders-*.csv").toString(), Order.class));
        // tag::sort[]
        orders.partitionByRange("ranges", Order::cents, 16, 2_000)
                .sort("by-size", Order::cents, 1_000_000)
                .writeTo("sorted", Files.jsonLinesTo(out, Order.class));
        // end::sort[]

        run(pipeline);

        List<Long> sizes = new ArrayList<>();
        for (Path part : SortedPartsTest.parts(out)) {
            for (String line : java.nio.file.Files.readAllLines(part)) {
                sizes.add(Long.parseLong(line.replaceAll(".*\"cents\":(\\d+).*", "$1")));
            }
        }
        assertThat(sizes).isEqualTo(LongStream.range(0, 500).boxed().toList());
    }

    @Test
    void keepsTheOrdersOfAShopInTheOrderOfTime() throws IOException, InterruptedException {
        java.nio.file.Files.writeString(
                directory.resolve("orders-1.csv"),
                """
                id,time,shop,cents
                3,2026-01-01T00:00:30Z,a,500
                1,2026-01-01T00:00:10Z,a,700
                2,2026-01-01T00:00:20Z,a,9
                """);
        Path out = directory.resolve("out");
        Pipeline pipeline = Pipeline.create("in-order").parallelism(1);
        DataStream<Order> orders =
                pipeline.readFrom(
                        Files.csv(directory.resolve("orders-*.csv").toString(), Order.class)
                                .eventTime(Order::time, Duration.ofMinutes(1)));
        // tag::sort-by-time[]
        KeyedStream<String, Order> inOrder =
                orders.keyBy(Order::shop).sortByTime("in-order", 10_000, Overflow.FAIL);
        // end::sort-by-time[]
        inOrder.writeTo("written", Files.jsonLinesTo(out, Order.class));

        run(pipeline);

        List<Long> ids = new ArrayList<>();
        for (Path part : SortedPartsTest.parts(out)) {
            for (String line : java.nio.file.Files.readAllLines(part)) {
                ids.add(id(line));
            }
        }
        assertThat(ids).containsExactly(1L, 2L, 3L);
    }

    private static long id(String line) {
        return Long.parseLong(line.replaceAll(".*\"id\":(\\d+).*", "$1"));
    }

    // tag::side[]
    private static final Side<Order> LARGE = Side.of("large", Order.class);

    /** Passes on small orders, and sends large ones another way. */
    static final class Sorted extends ProcessFunction<String, Order, Order> {
        Sorted() {
            sideOutput(LARGE);
        }

        @Override
        public void process(Order order, Context<String> context, Output<Order> out) {
            if (order.cents() > 100_000) {
                context.emit(LARGE, order);
            } else {
                out.emit(order);
            }
        }
    }

    // end::side[]

    @Test
    void sendsLargeOrdersAnotherWay() {
        Pipeline pipeline = Pipeline.create("sorted");
        DataStream<Order> orders =
                pipeline.readFrom(
                        FedSource.of("orders", Order.class)
                                .eventTimeMillis(order -> order.time().toEpochMilli()));
        orders.keyBy(Order::shop).process("sorted", Sorted::new).forEach(order -> {});
        try (PipelineTester tester = PipelineTester.of(pipeline).start()) {
            Order large = new Order(1, Instant.EPOCH, "a", 100_001);

            tester.source("orders").records(large, new Order(2, Instant.EPOCH, "a", 1));

            tester.side(LARGE).expect(large);
        }
    }

    @Test
    void showsInputThatIsNoRecord() {
        Pipeline pipeline = turnover(directory, directory.resolve("out"));
        List<String> lines = new ArrayList<>();
        // tag::letters[]
        pipeline.deadLetters()
                .map(letter -> letter.step() + " " + letter.position() + ": " + letter.reason())
                .forEach(lines::add);
        // end::letters[]
        String sink = pipeline.graph().steps().get(pipeline.graph().steps().size() - 1).name();
        try (PipelineTester tester = PipelineTester.of(pipeline).start()) {
            tester.source("orders").split(0).unreadable("line 7", "no number", new byte[] {1});

            tester.sink(sink, String.class).expect("orders line 7: no number");
        }
    }

    @Test
    void knowsWhenAnHourIsComplete() {
        Pipeline pipeline = turnover(directory, directory.resolve("out"));
        // tag::time[]
        try (PipelineTester tester = PipelineTester.of(pipeline).start()) {
            Instant midnight = Instant.parse("2026-01-01T00:00:00Z");
            tester.source("orders")
                    .records(
                            new Order(1, midnight.plusSeconds(60), "a", 500),
                            new Order(2, midnight.plusSeconds(30), "a", 700)) // Not too late.
                    .watermark(midnight.toEpochMilli() + 3_599_999);

            tester.sink("turnover", Turnover.class)
                    .expect(new Turnover("a", midnight.toEpochMilli(), 1_200));
        }
        // end::time[]
    }

    // tag::generator[]
    record Tick(long time, boolean mark) {}

    /** Marks in the input say that all before them has come. */
    static FileSource<Tick> ticks(String path) {
        return Files.csv(path, Tick.class)
                .eventTime(
                        EventTime.ofMillis(
                                Tick::time,
                                (tick, time, split) ->
                                        tick.mark() ? time : split.watermarkMillis()));
    }

    // end::generator[]

    @Test
    void takesTheTimeFromMarks() {
        Pipeline pipeline = Pipeline.create("ticks");
        List<Long> counts = new ArrayList<>();
        pipeline.readFrom("ticks", ticks("ticks.csv"))
                .keyBy(Tick::mark)
                .window(Windows.tumbling(Duration.ofMillis(5)))
                .aggregate("counts", Aggregates.count())
                .forEach(counts::add);
        String sink = pipeline.graph().steps().get(pipeline.graph().steps().size() - 1).name();
        try (PipelineTester tester = PipelineTester.of(pipeline).start()) {
            tester.source("ticks").records(new Tick(2, false), new Tick(4, false));
            tester.sink(sink, Long.class).expectNothing();

            tester.source("ticks").records(new Tick(4, true));

            tester.sink(sink, Long.class).expectInAnyOrder(2L, 1L);
        }
    }
}
