package io.headrace.cli;

import io.headrace.JobFailedException;

/** Says what went wrong: one message for people, the stack trace only if it was asked for. */
final class Failure {
    /** Causes say the same again and again; the third one down helps nobody. */
    private static final int CAUSES_MAX = 3;

    /** Behind a failure of which a class that could not be loaded may be the reason. */
    static final String NO_CLASS =
            "\n  a class could not be loaded: if nothing is missing in the class path, the process"
                    + " had no file descriptor left ('ulimit -n' shows how many it may have), or a"
                    + " jar was replaced; raise the limit and start again";

    private Failure() {}

    /** Prints a failure and returns its exit code. */
    static int report(Throwable failure, boolean verbose, Console console) {
        console.out().flush();
        if (verbose) {
            failure.printStackTrace(console.err());
        } else {
            console.err().println("headrace: " + message(failure));
        }
        console.err().flush();
        return ExitCode.of(failure);
    }

    /** Must be called before the first logger is made. */
    static void logMore() {
        System.setProperty("org.slf4j.simpleLogger.defaultLogLevel", "info");
    }

    private static String message(Throwable failure) {
        StringBuilder text = new StringBuilder(oneMessage(failure));
        Throwable cause = failure.getCause();
        for (int i = 0; i < CAUSES_MAX && cause != null; i++) {
            String more = oneMessage(cause);
            if (text.indexOf(more) < 0) {
                text.append("; ").append(more);
            }
            cause = cause.getCause();
        }
        if (isOfAClass(failure)) {
            text.append(NO_CLASS);
        }
        if (failure instanceof JobFailedException || !speaksForItself(failure)) {
            text.append("\n  'headrace --verbose …' shows where");
        }
        return text.toString();
    }

    private static boolean isOfAClass(Throwable failure) {
        Throwable cause = failure;
        while (cause != null && !(cause instanceof NoClassDefFoundError)) {
            cause = cause.getCause();
        }
        return cause != null;
    }

    private static String oneMessage(Throwable failure) {
        String message = failure.getMessage();
        if (message == null) {
            return failure.getClass().getSimpleName();
        }
        return speaksForItself(failure)
                ? message
                : failure.getClass().getSimpleName() + ": " + message;
    }

    /** Failures of ours, and refused arguments, are sentences; others are often bare values. */
    private static boolean speaksForItself(Throwable failure) {
        return failure instanceof IllegalArgumentException
                || failure.getClass().getName().startsWith("io.headrace.");
    }
}
