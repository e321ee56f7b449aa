package io.headrace;

import io.headrace.type.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalAmount;
import java.util.UUID;

/**
 * A hash of 64 bits that is the same on every machine and in every release. Frozen, since sketches
 * in checkpoints are made of it: {@code ValueHashTest} pins it.
 *
 * <p>Whole numbers up to long, characters, booleans and the bits of floating-point numbers go
 * through the finalizer of SplitMix64 (Steele, Lea, Flood 2014, with the constants of Stafford's
 * mix 13), which is a bijection: different longs never collide. All else is its bytes, for a text
 * the two of each char, high first, through FNV-1a of 64 bits (Fowler, Noll, Vo), then the same
 * finalizer.
 */
final class ValueHash {
    private static final long FNV_OFFSET = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;
    private static final String SUPPORTED =
            "numbers, text, booleans, characters, enums, UUIDs, java.time and byte[]: make a text"
                    + " of the parts that count, as in payment -> payment.id() + \"/\" +"
                    + " payment.day()";

    private ValueHash() {}

    /**
     * Checks what can be checked before there are values.
     *
     * @throws IllegalArgumentException if values of this type have no hash
     */
    static void check(Type<?> type) {
        if (type.reflected() instanceof Class<?> known && !supports(known)) {
            throw unsupported(known);
        }
    }

    private static boolean supports(Class<?> type) {
        return type.isInterface()
                || type == Object.class
                || type == Number.class
                || type.isPrimitive()
                || type == byte[].class
                || type.isEnum()
                || Number.class.isAssignableFrom(type)
                || CharSequence.class.isAssignableFrom(type)
                || type == Boolean.class
                || type == Character.class
                || type == UUID.class
                || TemporalAccessor.class.isAssignableFrom(type)
                || TemporalAmount.class.isAssignableFrom(type);
    }

    static long of(Object value) {
        if (value instanceof Long
                || value instanceof Integer
                || value instanceof Short
                || value instanceof Byte) {
            return mix(((Number) value).longValue());
        }
        if (value instanceof CharSequence text) {
            return mix(ofText(text));
        }
        if (value instanceof UUID id) {
            return mix(mix(id.getMostSignificantBits()) ^ id.getLeastSignificantBits());
        }
        if (value instanceof Double || value instanceof Float) {
            return mix(Double.doubleToLongBits(((Number) value).doubleValue()));
        }
        if (value instanceof Enum<?> constant) {
            return mix(ofText(constant.name()));
        }
        return ofRare(value);
    }

    /** The texts of these types are part of their specification. */
    private static long ofRare(Object value) {
        if (value instanceof Boolean flag) {
            return mix(flag ? 1 : 0);
        }
        if (value instanceof Character character) {
            return mix(character);
        }
        if (value instanceof byte[] bytes) {
            long hash = FNV_OFFSET;
            for (byte each : bytes) {
                hash = (hash ^ (each & 0xFF)) * FNV_PRIME;
            }
            return mix(hash);
        }
        if (value instanceof BigDecimal
                || value instanceof BigInteger
                || value instanceof TemporalAccessor
                || value instanceof TemporalAmount) {
            return mix(ofText(value.toString()));
        }
        throw unsupported(value.getClass());
    }

    private static long ofText(CharSequence text) {
        long hash = FNV_OFFSET;
        for (int i = 0; i < text.length(); i++) {
            char each = text.charAt(i);
            hash = (hash ^ (each >>> 8)) * FNV_PRIME;
            hash = (hash ^ (each & 0xFF)) * FNV_PRIME;
        }
        return hash;
    }

    static long mix(long value) {
        long mixed = (value ^ (value >>> 30)) * 0xbf58476d1ce4e5b9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
        return mixed ^ (mixed >>> 31);
    }

    private static IllegalArgumentException unsupported(Class<?> type) {
        return new IllegalArgumentException(
                "distinctApproximate has no hash for "
                        + type.getName()
                        + ", only for "
                        + SUPPORTED);
    }
}
