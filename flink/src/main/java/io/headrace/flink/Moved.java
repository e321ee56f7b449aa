package io.headrace.flink;

/**
 * A record between two operators of Flink. Immutable.
 *
 * @param input the input of the chain that takes it
 * @param value the record
 * @param key its key if it keeps the one that it has; else null
 * @param hash the stable hash of the key
 */
record Moved(int input, Object value, Object key, int hash) {
    /** Creates a record without a key. */
    Moved(int input, Object value) {
        this(input, value, null, 0);
    }
}
