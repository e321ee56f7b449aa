package io.headrace.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BenchTest {
    private static final long EVENTS = 1000;

    /** Answers like the loop, but for the events it leaves out. */
    private record Forgetful(long forgotten) implements Contestant {
        @Override
        public String name() {
            return "forgetful";
        }

        @Override
        public int parallelism() {
            return 2;
        }

        @Override
        public Checksum answer(Query query, long events) {
            return query.loop(events - forgotten);
        }
    }

    @Test
    void contestantsTakeTurnsAndTheFirstRunIsNotReported() throws Exception {
        List<Measurement> reported = new ArrayList<>();
        Bench bench = new Bench(List.of(Contestant.loop(), new Forgetful(0)), EVENTS, 5);

        bench.measure(List.of(Query.named("wc")), reported::add);

        assertThat(reported).hasSize(10);
        assertThat(reported).extracting(Measurement::run).startsWith(1, 1, 2, 2).endsWith(5, 5);
        assertThat(reported)
                .extracting(Measurement::engine)
                .startsWith("loop", "forgetful", "loop", "forgetful");
        assertThat(reported).allMatch(run -> run.count() == EVENTS && run.eventsPerSecond() > 0);
    }

    @Test
    void differentAnswersAreRefused() {
        Bench bench = new Bench(List.of(Contestant.loop(), new Forgetful(1)), EVENTS, 5);

        assertThatThrownBy(() -> bench.measure(List.of(Query.named("q0")), run -> {}))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("the answers to q0 differ: ")
                .hasMessageContaining("\"count\":999");
    }

    @Test
    void jsonHasOneLinePerRun() throws Exception {
        String printed = printed("q0", "--events", "1000", "--json");

        assertThat(printed.lines())
                .hasSize(5)
                .allMatch(
                        line ->
                                line.matches(
                                        "\\{\"engine\":\"loop\",\"query\":\"q0\",\"parallelism\":1,"
                                                + "\"run\":\\d,\"events\":1000,"
                                                + "\"cpuSecondsPerMillion\":[0-9.]+,"
                                                + "\"eventsPerSecond\":[0-9]+,\"count\":1000,"
                                                + "\"hash\":\"[0-9a-f]{16}\"}"));
    }

    @Test
    void theTableHasOneLinePerQueryAndContestant() throws Exception {
        String printed = printed("--events", "1000");

        assertThat(printed.lines()).hasSize(1 + Query.ALL.size());
        assertThat(printed.lines().skip(1))
                .allMatch(line -> line.matches("(q[0-9]+|wc|hot1?|even1?) +loop +1 .*"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    --runs 4     | --runs takes a number from 5 to 1000, found 4
                    --events x   | --events takes a number from 1 to 9223372036854775807, found x
                    --runs       | --runs takes a number from 5 to 1000, found nothing
                    --fast       | there is no option --fast, only --events, --runs, \
                    --parallelism and --json
                    """)
    void wrongArgumentsSayWhatToWrite(String arguments, String message) {
        assertThatThrownBy(() -> printed(arguments.split(" ")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    private static String printed(String... arguments) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Bench.run(List.of(arguments), null, new PrintStream(bytes, true, StandardCharsets.UTF_8));
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
