package io.headrace.formats;

/** A text is not what it should be. Has no stack trace: input is at fault, not the program. */
final class MalformedException extends Exception {
    private static final long serialVersionUID = 1L;

    /** Enough of a value to recognise it. */
    private static final int SHOWN_CHARACTERS_MAX = 60;

    MalformedException(String message) {
        super(message, null, false, false);
    }

    static MalformedException expected(String what, char[] text, int offset, int length) {
        int shown = Math.min(length, SHOWN_CHARACTERS_MAX);
        String cut = shown < length ? "…" : "";
        return new MalformedException(
                "expected " + what + ", found \"" + new String(text, offset, shown) + cut + "\"");
    }
}
