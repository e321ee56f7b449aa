package io.headrace.conformance.reference;

/**
 * A record on its way.
 *
 * @param key what the last {@code keyBy} gave it, null before one
 */
record Event(Object key, Object value, long timestamp) {
    Event with(Object other) {
        return new Event(key, other, timestamp);
    }
}
