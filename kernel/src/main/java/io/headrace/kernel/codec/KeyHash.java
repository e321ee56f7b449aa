package io.headrace.kernel.codec;

import io.headrace.type.Type;

/**
 * The hash of a key that decides its key group. Frozen: it depends on the value only, never on the
 * virtual machine, and never calls the {@code hashCode} of a user's class.
 *
 * <ul>
 *   <li>{@code int}, {@code short}, {@code byte}, {@code char}: the value; {@code long}: its halves
 *       xor; {@code boolean}: 1231 or 1237; {@code String}: as the JDK specifies
 *   <li>{@code UUID}: its two longs xor, then as {@code long}; an enum: its name as {@code String}
 *   <li>a record, a {@code List}, a tuple: 1, then for each component 31 times the hash so far plus
 *       the hash of the component, 0 for null; a sealed type: its record
 *   <li>all else, also an {@code Optional}: {@link Murmur} of the bytes that {@link Codecs} writes
 * </ul>
 *
 * <p>Thread-safe. Holds on to the classes of the type it was made for.
 */
@FunctionalInterface
public interface KeyHash {
    /**
     * Creates the hash for a type of keys.
     *
     * @throws io.headrace.type.UnknownTypeException if the type has no schema
     * @throws IllegalArgumentException if equal keys of the type can have different bytes
     */
    static KeyHash of(Type<?> type) {
        return KeyHashes.of(type, type.schema());
    }

    /**
     * Returns the hash of a key.
     *
     * @param key of the type the hash was made for, not null
     */
    int hash(Object key);
}
