package io.headrace.cli;

import java.io.PrintStream;

/**
 * The last line of a terminal, which is overwritten again and again while other lines scroll above
 * it. Where the console is not live nothing is overwritten, and {@link #update} does nothing.
 *
 * <p>Thread-safe.
 */
public final class StatusLine {
    /** A line that is broken cannot be overwritten; narrower terminals are rare. */
    private static final int COLUMNS_MAX = 79;

    private static final String CLEAR = "\r\u001B[K";

    private final Console console;
    private String text = "";

    /** Creates an empty line. */
    public StatusLine(Console console) {
        this.console = console;
    }

    /** Returns whether updates are shown. */
    public boolean live() {
        return console.live();
    }

    /** Shows another text, cut to 79 columns. */
    public synchronized void update(String newText) {
        if (console.live()) {
            text = newText.substring(0, Math.min(newText.length(), COLUMNS_MAX));
            console.err().print(CLEAR + text);
            console.err().flush();
        }
    }

    /** Prints a line above this one. */
    public synchronized void above(PrintStream stream, String line) {
        if (console.live() && !text.isEmpty()) {
            console.err().print(CLEAR);
            console.err().flush();
        }
        stream.println(line);
        stream.flush();
        update(text);
    }

    /** Removes the line. */
    public synchronized void clear() {
        if (console.live() && !text.isEmpty()) {
            update("");
        }
    }
}
