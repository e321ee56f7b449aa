package io.headrace.kernel.codec;

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

/** Makes a {@link KeyHash} of the schema of a key. */
final class KeyHashes {
    private KeyHashes() {}

    static KeyHash of(Type<?> type, Schema schema) {
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
            of(TypeStructure.arguments(type).get(0), maybe.value()); // Checks the content.
            return ofBytes(type);
        }
        if (schema instanceof Schema.Sequence sequence && sequence.shape() == Schema.Shape.LIST) {
            return list(of(TypeStructure.arguments(type).get(0), sequence.element()));
        }
        if (schema instanceof Schema.Custom) {
            return ofBytes(type);
        }
        throw refused(type);
    }

    private static KeyHash scalar(Type<?> type, Schema.Kind kind) {
        return switch (kind) {
            case INT, SHORT, BYTE -> value -> ((Number) value).intValue();
            case CHAR -> value -> (Character) value;
            case LONG -> value -> fold((Long) value);
            case BOOLEAN -> value -> (Boolean) value ? 1231 : 1237;
            case STRING -> value -> ((String) value).hashCode();
            case UUID -> KeyHashes::uuid;
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

    private static KeyHash ofBytes(Type<?> type) {
        Writer writer = Writers.of(type);
        return value -> Murmur.hash(Writers.bytes(writer, Objects.requireNonNull(value, "key")));
    }

    private static KeyHash enumeration(Schema.Enumeration enumeration) {
        int[] byOrdinal = enumeration.constants().stream().mapToInt(String::hashCode).toArray();
        return value -> byOrdinal[((Enum<?>) value).ordinal()];
    }

    private static KeyHash list(KeyHash element) {
        return value -> {
            int hash = 1;
            for (Object each : (List<?>) value) {
                hash = 31 * hash + element.hash(each);
            }
            return hash;
        };
    }

    private static KeyHash tuple(Type<?> type, Schema.Tuple tuple) {
        KeyHash[] hashers = new KeyHash[tuple.parts().size()];
        for (int i = 0; i < hashers.length; i++) {
            hashers[i] = of(type.parts().get(i), tuple.parts().get(i));
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

    private static KeyHash union(Type<?> type, Schema.Union union) {
        List<Type<?>> cases = TypeStructure.cases(type);
        Map<Class<?>, KeyHash> byClass = new HashMap<>();
        for (int i = 0; i < cases.size(); i++) {
            byClass.put(
                    TypeStructure.raw(cases.get(i)), record(cases.get(i), union.cases().get(i)));
        }
        return value -> byClass.get(value.getClass()).hash(value);
    }

    private static KeyHash record(Type<?> type, Schema.Struct struct) {
        Class<?> raw = TypeStructure.raw(type);
        RecordAccess access = new RecordAccess(raw);
        KeyHash[] components = new KeyHash[struct.fields().size()];
        for (int i = 0; i < components.length; i++) {
            RecordComponent component = raw.getRecordComponents()[i];
            Type<?> componentType = TypeStructure.component(type, component);
            components[i] =
                    component(
                            access, component, of(componentType, struct.fields().get(i).schema()));
        }
        return value -> {
            int hash = 1;
            for (KeyHash component : components) {
                hash = 31 * hash + component.hash(value);
            }
            return hash;
        };
    }

    /** The two primitives that keys are made of are not boxed. */
    private static KeyHash component(
            RecordAccess access, RecordComponent component, KeyHash hasher) {
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
