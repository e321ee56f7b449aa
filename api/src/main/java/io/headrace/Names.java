package io.headrace;

import java.time.Duration;

/** Checks of what users pass to the builders; each failure says what to do. */
final class Names {
    /** Long enough for any name that people read, short enough for every file system. */
    static final int LENGTH_MAX = 100;

    private Names() {}

    static String checked(String what, String name) {
        if (name == null || name.isBlank()) {
            throw new IllegalArgumentException("a " + what + " needs a name, found a blank one");
        }
        if (name.length() > LENGTH_MAX) {
            throw new IllegalArgumentException(
                    "the name of a "
                            + what
                            + " has at most "
                            + LENGTH_MAX
                            + " characters, found "
                            + name.length());
        }
        if (name.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException(
                    "the name of a " + what + " has a control character: use visible ones");
        }
        return name;
    }

    static long positiveMillis(String what, Duration duration) {
        long millis = duration.toMillis();
        if (millis <= 0) {
            throw new IllegalArgumentException(
                    what + " is " + duration + ", must be at least 1 ms");
        }
        return millis;
    }

    static int positive(String what, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(what + " is " + value + ", must be at least 1");
        }
        return value;
    }
}
