package io.headrace.cli;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The two streams of a command.
 *
 * <p>Both are UTF-8 whatever the machine's locale is, and never throw: a reader that has gone is
 * seen in {@link #readerHasGone()}. Thread-safe as far as {@link PrintStream} is.
 *
 * @param out for results
 * @param err for everything else
 * @param live whether {@code err} is a terminal on which a line can be overwritten
 */
public record Console(PrintStream out, PrintStream err, boolean live) {
    /** Returns the console of this process. */
    static Console ofProcess() {
        String terminal = System.getenv("TERM");
        boolean dumb = "dumb".equals(terminal) || System.getenv("NO_COLOR") != null;
        return new Console(
                stream(new FileOutputStream(FileDescriptor.out)),
                stream(new FileOutputStream(FileDescriptor.err)),
                !dumb && errIsTerminal());
    }

    /** Returns a console that writes to given streams, for tests and for other processes. */
    public static Console of(OutputStream out, OutputStream err) {
        return new Console(stream(out), stream(err), false);
    }

    private static PrintStream stream(OutputStream target) {
        return new PrintStream(new BufferedOutputStream(target), true, StandardCharsets.UTF_8);
    }

    /** Returns the same console with everything on {@code err}: for commands that print JSON. */
    public Console quietOut() {
        return new Console(err, err, live);
    }

    /** Returns whether nobody reads {@code out} any more. */
    public boolean readerHasGone() {
        return out.checkError();
    }

    /**
     * Java cannot ask for one stream. Linux tells by the name behind the descriptor; elsewhere a
     * console means that input and output are terminals, and then the errors mostly are too.
     */
    private static boolean errIsTerminal() {
        Path descriptor = Path.of("/proc/self/fd/2");
        if (Files.isSymbolicLink(descriptor)) {
            try {
                String target = Files.readSymbolicLink(descriptor).toString();
                return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty");
            } catch (IOException unreadable) {
                return false;
            }
        }
        return System.console() != null && Runtime.version().feature() < 22;
    }
}
