package io.headrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class TerminalOutputTest {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final PrintStream stream = new PrintStream(bytes, true, StandardCharsets.UTF_8);

    private String written() {
        return bytes.toString(StandardCharsets.UTF_8);
    }

    @Test
    void aLiveLineIsOverwrittenAndStaysBelow() {
        StatusLine line = new StatusLine(new Console(stream, stream, true));

        line.update("one");
        line.above(stream, "above →");
        line.clear();

        assertThat(written())
                .isEqualTo(
                        "\r\u001B[Kone\r\u001B[Kabove →\n\r\u001B[Kone\r\u001B[K"
                                .replace("\n", System.lineSeparator()));
    }

    @Test
    void withoutATerminalOnlyLinesAreWritten() {
        StatusLine line = new StatusLine(new Console(stream, stream, false));

        line.update("one");
        line.above(stream, "above");
        line.clear();

        assertThat(written()).isEqualTo("above" + System.lineSeparator());
    }

    @Test
    void theLinesOfStackTracesAreLeftOut() {
        PrintStream filtered = TraceFilter.on(stream);

        filtered.println("WARN it failed");
        new IllegalStateException("bug").printStackTrace(filtered);
        filtered.println("on we go");

        assertThat(written().lines())
                .containsExactly(
                        "WARN it failed", "java.lang.IllegalStateException: bug", "on we go");
    }
}
