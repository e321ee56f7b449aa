package io.headrace.kernel.codec;

import io.headrace.KeyRange;
import io.headrace.kernel.state.KeyGroups;
import io.headrace.type.Schema;
import io.headrace.type.Type;
import io.headrace.type.TypeStructure;
import io.headrace.type.WithCodec;
import java.lang.invoke.MethodHandle;
import java.lang.reflect.RecordComponent;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

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
 *   <li>a {@link KeyRange} that is the whole key: what brings it into its key group, {@link
 *       KeyGroups#hash}; the only one that depends on the number of groups
 *   <li>all else, also an {@code Optional}: {@link Murmur} of the bytes that {@link Codecs} writes
 * </ul>
 *
 * <p>Thread-safe. Holds on to the classes of the type it was made for.
 */
public final class KeyHash {
    private final Hasher hasher;

    private KeyHash(Hasher hasher) {
        this.hasher = hasher;
    }

    /** Hashes values of one type. */
    @FunctionalInterface
    private interface Hasher {
        int hash(Object value);
    }

    /**
     * Creates the hash for a type of keys.
     *
     * @param keyGroups how many there are
     * @throws io.headrace.type.UnknownTypeException if the type has no schema
     * @throws IllegalArgumentException if equal keys of the type can have different bytes
     */
    public static KeyHash of(Type<?> type, int keyGroups) {
        if (type.equals(Type.of(KeyRange.class))) {
            return new KeyHash(value -> range((KeyRange) value, keyGroups));
        }
        return new KeyHash(hasher(type, type.schema()));
    }

    private static int range(KeyRange range, int keyGroups) {
        final int group = (int) ((long) range.index() * keyGroups / range.count());
        return KeyGroups.hash(group, range.index(), keyGroups);
    }

    /**
     * Returns the hash of a key.
     *
     * @param key of the type the hash was made for, not null
     */
    public int hash(Object key) {
        return hasher.hash(key);
    }

    private static Hasher hasher(Type<?> type, Schema schema) {
        if (schema instanceof Schema.Scalar scalar) {
            return scalar(type, scalar.kind());
        }
        if (schema instanceof Schema.Enumeration enumeration) {
            return enumeration(enumeration);
        }
        if (schema instanceof Schema.Struct struct) {
            return record(type, struct);
        }
        if (schema instanceof Schema.Union union) {
            return union(type, union);
        }
        if (schema instanceof Schema.Tuple tuple) {
            return tuple(type, tuple);
        }
        if (schema instanceof Schema.Maybe maybe) {
            hasher(TypeStructure.arguments(type).get(0), maybe.value()); // Checks the content.
            return ofBytes(type);
        }
        if (schema instanceof Schema.Sequence sequence && sequence.shape() == Schema.Shape.LIST) {
            return list(hasher(TypeStructure.arguments(type).get(0), sequence.element()));
        }
        if (schema instanceof Schema.Custom) {
            return ofBytes(type);
        }
        throw refused(type);
    }

    private static Hasher scalar(Type<?> type, Schema.Kind kind) {
        return switch (kind) {
            case INT, SHORT, BYTE -> value -> ((Number) value).intValue();
            case CHAR -> value -> (Character) value;
            case LONG -> value -> fold((Long) value);
            case BOOLEAN -> value -> (Boolean) value ? 1231 : 1237;
            case STRING -> value -> ((String) value).hashCode();
            case UUID -> KeyHash::uuid;
            case FLOAT, DOUBLE, BYTES -> throw refused(type);
            default -> ofBytes(type);
        };
    }

    private static int fold(long value) {
        return (int) (value ^ value >>> 32);
    }

    private static int uuid(Object value) {
        UUID uuid = (UUID) value;
        return fold(uuid.getMostSignificantBits() ^ uuid.getLeastSignificantBits());
    }

    private static Hasher ofBytes(Type<?> type) {
        Writer writer = Writers.of(type);
        return value -> Murmur.hash(Writers.bytes(writer, Objects.requireNonNull(value, "key")));
    }

    private static Hasher enumeration(Schema.Enumeration enumeration) {
        int[] byOrdinal = enumeration.constants().stream().mapToInt(String::hashCode).toArray();
        return value -> byOrdinal[((Enum<?>) value).ordinal()];
    }

    private static Hasher list(Hasher element) {
        return value -> {
            int hash = 1;
            for (Object each : (List<?>) value) {
                hash = 31 * hash + element.hash(each);
            }
            return hash;
        };
    }

    private static Hasher tuple(Type<?> type, Schema.Tuple tuple) {
        Hasher[] hashers = new Hasher[tuple.parts().size()];
        for (int i = 0; i < hashers.length; i++) {
            hashers[i] = hasher(type.parts().get(i), tuple.parts().get(i));
        }
        return value -> {
            Object[] parts = (Object[]) value;
            int hash = 1;
            for (int i = 0; i < hashers.length; i++) {
                hash = 31 * hash + (parts[i] == null ? 0 : hashers[i].hash(parts[i]));
            }
            return hash;
        };
    }

    private static Hasher union(Type<?> type, Schema.Union union) {
        List<Type<?>> cases = TypeStructure.cases(type);
        Map<Class<?>, Hasher> byClass = new HashMap<>();
        for (int i = 0; i < cases.size(); i++) {
            byClass.put(
                    TypeStructure.raw(cases.get(i)), record(cases.get(i), union.cases().get(i)));
        }
        return value -> byClass.get(value.getClass()).hash(value);
    }

    private static Hasher record(Type<?> type, Schema.Struct struct) {
        Class<?> raw = TypeStructure.raw(type);
        RecordAccess access = new RecordAccess(raw);
        Hasher[] components = new Hasher[struct.fields().size()];
        for (int i = 0; i < components.length; i++) {
            RecordComponent component = raw.getRecordComponents()[i];
            Type<?> componentType = TypeStructure.component(type, component);
            components[i] =
                    component(
                            access,
                            component,
                            hasher(componentType, struct.fields().get(i).schema()));
        }
        return value -> {
            int hash = 1;
            for (Hasher component : components) {
                hash = 31 * hash + component.hash(value);
            }
            return hash;
        };
    }

    /** The two primitives that keys are made of are not boxed. */
    private static Hasher component(RecordAccess access, RecordComponent component, Hasher hasher) {
        boolean hasCodec = component.isAnnotationPresent(WithCodec.class);
        if (component.getType() == long.class && !hasCodec) {
            MethodHandle accessor = access.accessor(component, long.class);
            return owner -> {
                try {
                    return fold((long) accessor.invokeExact(owner));
                } catch (Throwable failed) {
                    throw RecordAccess.thrownBy(failed);
                }
            };
        }
        if (component.getType() == int.class && !hasCodec) {
            MethodHandle accessor = access.accessor(component, int.class);
            return owner -> {
                try {
                    return (int) accessor.invokeExact(owner);
                } catch (Throwable failed) {
                    throw RecordAccess.thrownBy(failed);
                }
            };
        }
        MethodHandle accessor = access.accessor(component, Object.class);
        return owner -> {
            Object value;
            try {
                value = (Object) accessor.invokeExact(owner);
            } catch (Throwable failed) {
                throw RecordAccess.thrownBy(failed);
            }
            return value == null ? 0 : hasher.hash(value);
        };
    }

    private static IllegalArgumentException refused(Type<?> type) {
        return new IllegalArgumentException(
                type
                        + " cannot be part of a key: equal values can have different bytes. Key by"
                        + " an id, a String or a record of ids");
    }
}
