package io.headrace.examples.fraud;

/** What happens at a terminal: it is used, or the bank learns that an earlier use was a fraud. */
sealed interface TerminalEvent permits Spending, KnownFraud {
    /** Returns the terminal that it is about. */
    long terminal();
}
