package io.headrace.kernel.function;

/**
 * A key that many records have.
 *
 * @param key as text
 * @param records how many, approximately; too high rather than too low
 */
public record FrequentKey(String key, long records) {
    /** So many keys of a subtask are shown: more would not say more. */
    public static final int SHOWN_MAX = 5;

    /** Keys are data of users; their beginning is enough to tell them apart. */
    static final int LETTERS_MAX = 40;

    /** A key that cannot show itself must not fail a job that could do without. */
    static String text(Object key) {
        String text;
        try {
            text = String.valueOf(key);
        } catch (RuntimeException failed) {
            text = key.getClass().getName() + ", toString() failed: " + failed.getClass();
        }
        return text.length() > LETTERS_MAX ? text.substring(0, LETTERS_MAX) + "…" : text;
    }
}
