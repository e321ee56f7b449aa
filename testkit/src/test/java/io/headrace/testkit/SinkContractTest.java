package io.headrace.testkit;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headrace.Pipeline;
import io.headrace.connector.ConnectorException;
import io.headrace.connector.DeadLetter;
import io.headrace.connector.DeferredSink;
import io.headrace.connector.EpochApplier;
import io.headrace.connector.Lineage;
import io.headrace.connector.Sink;
import io.headrace.engine.job.DefaultDeadLetters;
import io.headrace.graph.Graph;
import io.headrace.graph.Step;
import io.headrace.kernel.codec.Codecs;
import io.headrace.type.Type;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SinkContractTest {
    @TempDir Path directory;
    private int targets;

    /** A table that changes records and marker together, and knows the newest owner. */
    private static class Table implements SinkContract.Target<String> {
        final List<String> rows = new ArrayList<>();
        final Map<String, Long> markers = new HashMap<>();
        final Map<String, Long> owners = new HashMap<>();

        @Override
        public Sink<String> sink() {
            return DeferredSink.of(
                    "table", "memory", Codecs.of(Type.of(String.class)), Connection::new);
        }

        @Override
        public List<String> shown() {
            return List.copyOf(rows);
        }

        boolean fences() {
            return true;
        }

        boolean movesMarkers() {
            return true;
        }

        /** One process's way to the table. */
        private final class Connection implements EpochApplier<String> {
            private long self;

            @Override
            public long fence(Lineage lineage, long owner) {
                self = owner;
                requireNewest(lineage);
                owners.put(lineage.id(), owner);
                return markers.getOrDefault(lineage.id(), 0L);
            }

            private void requireNewest(Lineage lineage) {
                if (fences() && owners.getOrDefault(lineage.id(), 0L) > self) {
                    throw ConnectorException.fatal("another process has taken over", null);
                }
            }

            @Override
            public void apply(Lineage lineage, long epoch, Iterable<String> records) {
                requireNewest(lineage);
                records.forEach(rows::add);
                if (movesMarkers()) {
                    markers.put(lineage.id(), epoch);
                }
            }
        }
    }

    private SinkContract<String> contract(Supplier<Table> tables) {
        return SinkContract.of(tables, number -> "row " + number, directory);
    }

    @Test
    void isHeldByDeferredSinks() {
        contract(Table::new).verify();
    }

    @Test
    void isHeldByTheFileOfDeadLetters() {
        SinkContract.of(this::letterFile, LetterFile::letter, directory).verify();
    }

    private LetterFile letterFile() {
        try {
            return new LetterFile(Files.createDirectory(directory.resolve("state" + targets++)));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    @Test
    void findsATargetThatLetsDeadProcessesCommit() {
        assertThatThrownBy(
                        () ->
                                contract(
                                                () ->
                                                        new Table() {
                                                            @Override
                                                            boolean fences() {
                                                                return false;
                                                            }
                                                        })
                                        .verify())
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("a dead process could commit");
    }

    @Test
    void findsATargetThatForgetsItsMarker() {
        assertThatThrownBy(
                        () ->
                                contract(
                                                () ->
                                                        new Table() {
                                                            @Override
                                                            boolean movesMarkers() {
                                                                return false;
                                                            }
                                                        })
                                        .verify())
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("the marker is 0, committed is 1");
    }

    /** The file that a job writes dead letters to, found the way a job finds it. */
    private record LetterFile(Path state) implements SinkContract.Target<DeadLetter> {
        private static final Pattern POSITION = Pattern.compile("\"position\":\"(line \\d+)\"");

        static DeadLetter letter(int number) {
            byte[] raw = {(byte) number};
            return new DeadLetter("step", "split", "line " + number, "odd", raw);
        }

        @Override
        @SuppressWarnings("unchecked") // Only dead letters come to this sink.
        public Sink<DeadLetter> sink() {
            Pipeline pipeline = Pipeline.create("any");
            pipeline.readFrom(FedSource.of("in", String.class)).forEach(text -> {});
            Graph graph = DefaultDeadLetters.in(state, pipeline.graph());
            Step last = graph.steps().get(graph.steps().size() - 1);
            return (Sink<DeadLetter>) (Sink<?>) ((Step.Write) last).sink();
        }

        @Override
        public List<String> shown() {
            Path file = state.resolve("dead-letters.jsonl");
            try {
                String text = Files.exists(file) ? Files.readString(file) : "";
                return POSITION.matcher(text).results().map(found -> found.group(1)).toList();
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
        }

        @Override
        public String asShown(DeadLetter letter) {
            return letter.position();
        }
    }
}
