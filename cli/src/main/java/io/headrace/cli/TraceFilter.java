package io.headrace.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** Leaves out the lines of stack traces, and passes all others on as they are. */
final class TraceFilter extends OutputStream {
    private final PrintStream target;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();

    private TraceFilter(PrintStream target) {
        this.target = target;
    }

    static PrintStream on(PrintStream target) {
        return new PrintStream(new TraceFilter(target), true, StandardCharsets.UTF_8);
    }

    @Override
    public synchronized void write(int character) throws IOException {
        line.write(character);
        if (character == '\n') {
            String text = line.toString(StandardCharsets.UTF_8);
            if (!text.startsWith("\tat ") && !text.startsWith("\t... ")) {
                target.write(line.toByteArray());
            }
            line.reset();
        }
    }

    @Override
    public synchronized void flush() {
        target.flush();
    }
}
