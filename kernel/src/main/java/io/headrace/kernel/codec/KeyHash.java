package io.headrace.kernel.codec;

import io.headrace.type.Type;

/**
 * The hash of a key that decides its key group. Frozen: it depends on the value only, never on the
 * virtual machine, and never calls the {@code hashCode} of a user's class.
 *
 * <p>Thread-safe. Holds on to the classes of the type it was made for.
 */
public final class KeyHash {
    private KeyHash() {}

    /**
     * Creates the hash for a type of keys.
     *
     * @throws io.headrace.type.UnknownTypeException if the type has no schema
     * @throws IllegalArgumentException if equal keys of the type can have different bytes
     */
    public static KeyHash of(Type<?> type) {
        throw new UnsupportedOperationException(type.toString());
    }

    /**
     * Returns the hash of a key.
     *
     * @param key of the type the hash was made for, not null
     */
    public int hash(Object key) {
        throw new UnsupportedOperationException(String.valueOf(key));
    }
}
