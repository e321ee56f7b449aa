package io.headrace.engine.store;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A map that most keys have few entries in: up to {@value #LINEAR_MAX} in one array, which is
 * searched from the newest; more in a hash map. Iterates in the order of insertion, on every
 * machine.
 */
final class SmallMap<U, V> {
    /** Up to here a search in an array is faster than hashing, and takes a third of the memory. */
    static final int LINEAR_MAX = 8;

    /** Keys and values in turns; null once {@link #large} is used. */
    private Object[] pairs = new Object[2];

    private int size;
    private Map<U, V> large;

    @SuppressWarnings("unchecked") // Only put stores pairs.
    V get(U key) {
        if (large != null) {
            return large.get(key);
        }
        int at = find(key);
        return at < 0 ? null : (V) pairs[at + 1];
    }

    void put(U key, V value) {
        if (large != null) {
            large.put(key, value);
            return;
        }
        int at = find(key);
        if (at >= 0) {
            pairs[at + 1] = value;
        } else if (size == LINEAR_MAX) {
            large = new LinkedHashMap<>();
            entries().forEach(entry -> large.put(entry.getKey(), entry.getValue()));
            large.put(key, value);
            pairs = null;
        } else {
            append(key, value);
        }
    }

    private void append(U key, V value) {
        if (pairs.length == size * 2) {
            pairs = Arrays.copyOf(pairs, size * 4);
        }
        pairs[size * 2] = key;
        pairs[size * 2 + 1] = value;
        size++;
    }

    void remove(U key) {
        if (large != null) {
            large.remove(key);
            return;
        }
        int at = find(key);
        if (at >= 0) {
            System.arraycopy(pairs, at + 2, pairs, at, size * 2 - at - 2);
            size--;
            pairs[size * 2] = null;
            pairs[size * 2 + 1] = null;
        }
    }

    boolean isEmpty() {
        return large != null ? large.isEmpty() : size == 0;
    }

    int size() {
        return large != null ? large.size() : size;
    }

    @SuppressWarnings("unchecked") // Only put stores pairs.
    Iterable<Map.Entry<U, V>> entries() {
        if (pairs == null) {
            return Collections.unmodifiableMap(large).entrySet();
        }
        List<Map.Entry<U, V>> entries = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            entries.add(Map.entry((U) pairs[i * 2], (V) pairs[i * 2 + 1]));
        }
        return entries;
    }

    private int find(U key) {
        for (int at = size * 2 - 2; at >= 0; at -= 2) {
            if (pairs[at].equals(key)) {
                return at;
            }
        }
        return -1;
    }
}
