package io.headrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.JobFailedException;
import io.headrace.StateRefusedException;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HeadraceTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final List<String> called = new ArrayList<>();

    private Exception failure;

    /** A command that notes its arguments. */
    private record Noting(String name, HeadraceTest test) implements Subcommand {
        @Override
        public String summary() {
            return "summary of " + name;
        }

        @Override
        public int run(List<String> arguments, Console console) throws Exception {
            test.called.add(name + arguments);
            if (test.failure != null) {
                throw test.failure;
            }
            return ExitCode.DONE;
        }
    }

    private int run(String... words) {
        List<Subcommand> commands =
                List.of(new Noting("demo fraud", this), new Noting("bench", this));
        return new Headrace(Console.of(out, err), () -> commands).run(List.of(words));
    }

    private String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private String err() {
        return err.toString(StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @ValueSource(strings = {"--help", "-h", "help"})
    void helpListsAllCommandsOnStdout(String word) {
        int code = run(word);

        assertThat(code).isZero();
        assertThat(out())
                .contains("demo fraud             summary of demo fraud", "  bench ", "  run ");
        assertThat(err()).isEmpty();
    }

    @Test
    void nothingAtAllIsWrongUse() {
        assertThat(run()).isEqualTo(ExitCode.WRONG_USE);
        assertThat(out()).isEmpty();
        assertThat(err()).contains("Usage:");
    }

    @Test
    void aCommandGetsWhatFollowsItsName() {
        assertThat(run("demo", "fraud", "--days", "3")).isZero();
        assertThat(called).containsExactly("demo fraud[--days, 3]");
    }

    @Test
    void helpOfTwoWordsAsksTheCommand() {
        run("help", "bench");

        assertThat(called).containsExactly("bench[--help]");
    }

    @Test
    void aFirstWordAloneListsItsFamily() {
        assertThat(run("demo")).isEqualTo(ExitCode.WRONG_USE);
        assertThat(err()).contains("demo fraud").doesNotContain("bench");
    }

    @Test
    void anUnknownCommandIsNamed() {
        assertThat(run("demo", "frod")).isEqualTo(ExitCode.WRONG_USE);
        assertThat(err()).contains("'demo frod'", "headrace --help");
    }

    @Test
    void failuresBecomeExitCodesAndOneMessage() {
        failure = new StateRefusedException("another process holds it");
        assertThat(run("bench")).isEqualTo(3);
        failure = new JobFailedException("job x failed", new IllegalStateException("cause"));
        assertThat(run("bench")).isEqualTo(1);
        failure = new UsageException("--days 0");
        assertThat(run("bench")).isEqualTo(2);
        failure = new java.nio.file.NoSuchFileException("there");
        assertThat(run("bench")).isEqualTo(1);

        assertThat(err())
                .contains("headrace: another process holds it\n")
                .contains("headrace: job x failed; IllegalStateException: cause\n")
                .contains("headrace: --days 0\n")
                .contains("headrace: NoSuchFileException: there\n")
                .doesNotContain("\tat ");
    }

    @Test
    void verboseShowsTheStackTrace() {
        failure = new IllegalStateException("bug");

        assertThat(run("--verbose", "bench")).isEqualTo(1);
        assertThat(err()).contains("bug", "\tat io.headrace.cli.HeadraceTest");
    }
}
