package io.headrace.engine.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headrace.Aggregates;
import io.headrace.Pipeline;
import io.headrace.engine.Event;
import io.headrace.engine.ListSource;
import io.headrace.function.Context;
import io.headrace.function.Output;
import io.headrace.function.ProcessFunction;
import io.headrace.state.AggregatingState;
import io.headrace.state.ReducingState;
import io.headrace.state.TimeSeries;
import io.headrace.type.Type;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** States of a process function that do more than keep what they are given. */
class ProcessStatesTest {
    /** Adds each value to three states, and shows them; 0 forgets all. */
    static final class Adding extends ProcessFunction<String, Event, String> {
        private final ReducingState<String> text =
                reducingState("text", String.class, Adding::reduced);
        private final AggregatingState<Event, Long> count =
                aggregatingState("count", Aggregates.count());
        private final TimeSeries<Long> series = timeSeries("series", Long.class);

        private static String reduced(String before, String added) throws IOException {
            return switch (added) {
                case "13" -> null;
                case "14" -> throw new IOException("fourteen");
                case "15" -> throw new ArithmeticException("fifteen");
                default -> before + "+" + added;
            };
        }

        @Override
        public void process(Event event, Context<String> context, Output<String> out) {
            if (event.value() == 0) {
                text.clear();
                count.clear();
                series.clear();
                return;
            }
            text.add(Long.toString(event.value()));
            count.add(event);
            series.add(event.time(), event.value());
            StringBuilder range = new StringBuilder();
            series.range(10, 20).forEach(each -> range.append(' ').append(each.value()));
            out.emit(text.get() + " " + count.get() + " of " + series.size() + ":" + range);
        }
    }

    private final OperatorHost host = host();

    private static OperatorHost host() {
        Pipeline pipeline = Pipeline.create("states");
        return new OperatorHost(
                pipeline,
                pipeline.readFrom(ListSource.bounded(Duration.ZERO, List.of()))
                        .keyBy(Event::key, Type.of(String.class))
                        .process("function", Adding::new),
                "function");
    }

    @Test
    void goOnFromASnapshot(@TempDir Path directory) {
        host.record("a", 10, 1);
        host.record("a", 20, 2);
        host.record("a", 10, 3);
        OperatorHost restored = host.restored(directory);

        host.record("a", 19, 4);
        restored.record("a", 9, 5);

        assertThat(host.values())
                .containsExactly(
                        "1 1 of 1: 1",
                        "1+2 2 of 2: 1",
                        "1+2+3 3 of 3: 1 3",
                        "1+2+3+4 4 of 4: 1 3 4");
        assertThat(restored.values()).containsExactly("1+2+3+5 4 of 4: 1 3");
    }

    @Test
    void leaveNothingBehindWhenTheyAreCleared() {
        host.record("a", 10, 1);
        host.record("b", 10, 1);

        host.record("a", 11, 0);

        assertThat(host.keys()).isEqualTo(1);
    }

    @Test
    void nameTheStateWhoseReducerFails() {
        host.record("a", 10, 1);

        assertThatThrownBy(() -> host.record("a", 11, 13))
                .hasRootCauseMessage(
                        "the reducer of state text returned null: return a value, or call clear()"
                                + " in the function");
        assertThatThrownBy(() -> host.record("a", 11, 14))
                .hasStackTraceContaining("the reducer of state text failed")
                .hasRootCauseMessage("fourteen");
        assertThatThrownBy(() -> host.record("a", 11, 15)).hasRootCauseMessage("fifteen");
    }
}
