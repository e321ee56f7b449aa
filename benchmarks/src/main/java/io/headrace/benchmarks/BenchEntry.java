package io.headrace.benchmarks;

import io.headrace.cli.Console;
import io.headrace.cli.ExitCode;
import io.headrace.cli.Subcommand;
import io.headrace.engine.EmbeddedRunner;
import java.util.List;

/** {@code headrace bench}. */
public final class BenchEntry implements Subcommand {
    private static final String HELP =
            """
            Usage: headrace bench [QUERY...] [--events N] [--runs N] [--parallelism N] [--json]

            Measures pipelines against hand-written loops, in turns, in this process: CPU seconds
            per million events. Queries: q0, q5, q7, q11, q12, wc; all of them if none is named.
            """;

    /** Creates the entry. */
    public BenchEntry() {}

    @Override
    public String name() {
        return "bench";
    }

    @Override
    public String summary() {
        return "measure pipelines against hand-written loops";
    }

    @Override
    public int run(List<String> arguments, Console console) throws Exception {
        if (arguments.contains("--help") || arguments.contains("-h")) {
            console.out().print(HELP);
            return ExitCode.DONE;
        }
        Bench.run(
                arguments,
                parallelism -> EmbeddedRunner.inMemory().parallelism(parallelism),
                console.out());
        return ExitCode.DONE;
    }
}
