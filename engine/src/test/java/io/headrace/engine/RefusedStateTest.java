package io.headrace.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headrace.Aggregates;
import io.headrace.Job;
import io.headrace.KeyedStream;
import io.headrace.Pipeline;
import io.headrace.StateRefusedException;
import io.headrace.function.Context;
import io.headrace.function.Factory;
import io.headrace.function.Output;
import io.headrace.function.ProcessFunction;
import io.headrace.state.ListState;
import io.headrace.state.ValueState;
import io.headrace.type.Type;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class RefusedStateTest {
    @TempDir Path directory;
    private final Workload workload = new Workload(200, Seed.random(3));

    /** Keeps a value. */
    static final class Value extends ProcessFunction<String, Event, String> {
        private final ValueState<Long> kept = valueState("kept", Long.class);

        @Override
        public void process(Event event, Context<String> context, Output<String> out) {
            kept.set(event.value());
        }
    }

    /** Keeps a list under the same name. */
    static final class Values extends ProcessFunction<String, Event, String> {
        private final ListState<Long> kept = listState("kept", Long.class);

        @Override
        public void process(Event event, Context<String> context, Output<String> out) {
            kept.add(event.value());
        }
    }

    /** Keeps something else under the same name. */
    static final class Text extends ProcessFunction<String, Event, String> {
        private final ValueState<String> kept = valueState("kept", String.class);

        @Override
        public void process(Event event, Context<String> context, Output<String> out) {
            kept.set(event.key());
        }
    }

    private KeyedStream<String, Event> keyed(Pipeline pipeline) {
        return pipeline.readFrom(workload.source().visible(100))
                .keyBy(Event::key, Type.of(String.class));
    }

    private Pipeline pipeline(
            String name, Factory<? extends ProcessFunction<String, Event, String>> function) {
        Pipeline pipeline = Pipeline.create(name);
        keyed(pipeline).process("keeps", function).forEach(line -> {});
        return pipeline;
    }

    private EmbeddedRunner runner() {
        return EmbeddedRunner.with(directory)
                .parallelism(2)
                .checkpointInterval(Duration.ofMillis(5));
    }

    @BeforeEach
    void keepSomeState() throws InterruptedException {
        try (Job job = runner().start(pipeline("own", Value::new))) {
            Wait.until("records", () -> job.metrics().step("keeps").in() >= 200);
            job.stop();
        }
    }

    private void assertRefused(Pipeline pipeline, String... parts) {
        assertThatThrownBy(() -> runner().start(pipeline).close())
                .isInstanceOf(StateRefusedException.class)
                .satisfies(refused -> assertThat(refused.getMessage()).contains(parts));
    }

    @Test
    void refusesTheStateOfAnotherPipeline() {
        assertRefused(pipeline("other", Value::new), "belongs to pipeline own, not to other");
    }

    @Test
    void refusesAnotherNumberOfKeyGroups() {
        assertRefused(pipeline("own", Value::new).keyGroups(64), "128 key groups", "64");
    }

    @Test
    void refusesAnotherKindOfState() {
        assertRefused(pipeline("own", Values::new), "step keeps", "kept was a value", "is a list");
    }

    @Test
    void refusesAnotherTypeOfState() {
        assertRefused(pipeline("own", Text::new), "step keeps");
    }

    @Test
    void refusesAnotherKindOfStep() {
        Pipeline pipeline = Pipeline.create("own");
        keyed(pipeline)
                .lookBack(Duration.ofMillis(1))
                .aggregate("keeps", Aggregates.count(), (event, counts) -> "")
                .forEach(line -> {});

        assertRefused(pipeline, "step keeps was a process", "is a look-back");
    }

    @Test
    void refusesToForgetTheStateOfAStep() {
        Pipeline pipeline = Pipeline.create("own");
        keyed(pipeline).process("renamed", Value::new).forEach(line -> {});

        assertRefused(pipeline, "state of step keeps", "no such step");
    }

    @Test
    void refusesACheckpointInWhichOneByteIsFlippedAndNamesTheFile() throws Exception {
        SplittableRandom random = Seed.random(4);
        List<Path> files;
        try (Stream<Path> walk = Files.walk(directory.resolve("checkpoints"))) {
            files = walk.filter(Files::isRegularFile).toList();
        }

        for (Path file : files) {
            byte[] good = Files.readAllBytes(file);
            for (int i = 0; i < 25; i++) {
                int at = i == 0 ? 0 : i == 1 ? good.length - 1 : random.nextInt(good.length);
                flip(file, good, at, 1 << random.nextInt(8));
                boolean manifest = file.endsWith("manifest.json");
                assertThatThrownBy(() -> runner().start(pipeline("own", Value::new)).close())
                        .as("byte %d of %s; %s", at, file, Seed.repeat(4))
                        .isInstanceOf(StateRefusedException.class)
                        .hasMessageContaining("damaged")
                        .hasMessageContaining(
                                manifest ? "checkpoint " : file.getFileName().toString());
            }
            Files.write(file, good);
        }

        assertThat(files).hasSizeGreaterThanOrEqualTo(3);
        runner().start(pipeline("own", Value::new)).close();
    }

    @Test
    void refusesAManifestOfAnotherFormThoughItIsWhole() throws Exception {
        for (Path manifest : files("manifest.json")) {
            rewrite(manifest, "\"format\":0", "\"format\":1");
        }

        assertRefused(pipeline("own", Value::new), "manifest of format 1, this release reads 0");
    }

    @Test
    void refusesAStateFileOfAnotherFormThoughItIsWhole() throws Exception {
        for (Path manifest : files("manifest.json")) {
            for (Path file : files(".hrs")) {
                if (file.startsWith(manifest.getParent())) {
                    String before = sha256(Files.readAllBytes(file));
                    raiseForm(file);
                    rewrite(manifest, before, sha256(Files.readAllBytes(file)));
                }
            }
        }

        assertRefused(
                pipeline("own", Value::new), "form 1 of a file of state, this release reads 0");
    }

    /** A header is magic, length, and content that begins with its form; then the checksum. */
    private static void raiseForm(Path file) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file));
        int length = bytes.getInt(4);
        bytes.put(8, (byte) 1);
        CRC32C checksum = new CRC32C();
        checksum.update(new byte[8]); // The place in the file.
        checksum.update(bytes.array(), 0, 8 + length);
        bytes.putInt(8 + length, (int) checksum.getValue());
        Files.write(file, bytes.array());
    }

    /** Changes a manifest and the checksum at its end. */
    private static void rewrite(Path manifest, String found, String instead) throws Exception {
        String text = Files.readString(manifest);
        assertThat(text).contains(found);
        int end = text.lastIndexOf(",\n\"sha256\":\"");
        String body = text.substring(0, end).replace(found, instead);
        String checksum = sha256(body.getBytes(StandardCharsets.UTF_8));
        Files.writeString(manifest, body + ",\n\"sha256\":\"" + checksum + "\"}\n");
    }

    private static String sha256(byte[] bytes) throws NoSuchAlgorithmException {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }

    private List<Path> files(String ending) throws IOException {
        try (Stream<Path> walk = Files.walk(directory.resolve("checkpoints"))) {
            return walk.filter(file -> file.toString().endsWith(ending)).toList();
        }
    }

    @Test
    void refusesADamagedOwner() throws IOException {
        Files.writeString(directory.resolve("owner"), "nonsense");

        assertRefused(pipeline("own", Value::new), "damaged", "owner");
    }

    @Test
    void refusesADirectoryThatIsNoSavepoint() throws IOException {
        Path empty = Files.createDirectory(directory.resolve("empty"));
        EmbeddedRunner runner = EmbeddedRunner.with(directory.resolve("new")).from(empty);

        assertThatThrownBy(() -> runner.start(pipeline("own", Value::new)))
                .isInstanceOf(StateRefusedException.class)
                .hasMessageContaining("is no savepoint");
    }

    private static void flip(Path file, byte[] good, int at, int mask) throws IOException {
        byte[] bad = good.clone();
        bad[at] ^= (byte) mask;
        Files.write(file, bad);
    }
}
