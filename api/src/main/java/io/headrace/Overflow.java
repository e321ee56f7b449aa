package io.headrace;

/**
 * What {@link KeyedStream#sortByTime} does with a record for which its key has no room.
 *
 * <p>None of them drops the record: who can do without some records says so with a filter before.
 */
public enum Overflow {
    /** The job fails; the message names the key and the limit. */
    FAIL,

    /**
     * The earliest record of the key goes on before its time has come. Records that are earlier
     * than it and come later are late, so that the output stays sorted.
     */
    RELEASE_EARLIEST
}
