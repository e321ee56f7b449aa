package io.headrace;

import io.headrace.type.Schema;
import io.headrace.type.Type;
import io.headrace.type.WithCodec;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;

/** Decides which types can be keys: those whose equal values always have equal bytes. */
final class KeyTypes {
    private KeyTypes() {}

    /**
     * Checks the type of a key.
     *
     * @throws IllegalArgumentException naming the component that cannot be part of a key, and why
     */
    static void check(Type<?> type) {
        check(type.toString(), type.schema());
        if (type.codec().isEmpty()) {
            checkEquality(type.reflected());
        }
    }

    private static void check(String path, Schema schema) {
        if (schema instanceof Schema.Scalar scalar) {
            if (scalar.kind() == Schema.Kind.FLOAT || scalar.kind() == Schema.Kind.DOUBLE) {
                throw refused(path, "0.0 and -0.0 are equal numbers with different bytes");
            }
            if (scalar.kind() == Schema.Kind.BYTES) {
                throw refused(path, "arrays are equal only to themselves");
            }
        } else if (schema instanceof Schema.Struct struct) {
            struct.fields().forEach(field -> check(path + "." + field.name(), field.schema()));
        } else if (schema instanceof Schema.Union union) {
            union.cases().forEach(one -> check(path + "." + one.name(), one));
        } else if (schema instanceof Schema.Maybe maybe) {
            check(path, maybe.value());
        } else if (schema instanceof Schema.Sequence sequence) {
            if (sequence.shape() != Schema.Shape.LIST) {
                throw refused(
                        path, "a set or an array has no stable order or equality: use a List");
            }
            check(path + "[]", sequence.element());
        } else if (schema instanceof Schema.Mapping) {
            throw refused(path, "a map has no stable order");
        }
    }

    /**
     * Walks down the parts of a type; the schema was derived, so that they have a bounded depth.
     * What has a codec of its own is left to it, as in the schema.
     */
    private static void checkEquality(java.lang.reflect.Type part) {
        if (part instanceof ParameterizedType generic) {
            checkEquality(generic.getRawType());
            Arrays.stream(generic.getActualTypeArguments()).forEach(KeyTypes::checkEquality);
        } else if (part instanceof Class<?> plain && !plain.isAnnotationPresent(WithCodec.class)) {
            checkEqualityOf(plain);
        }
    }

    private static void checkEqualityOf(Class<?> key) {
        if (key.isSealed()) {
            Arrays.stream(key.getPermittedSubclasses()).forEach(KeyTypes::checkEquality);
        } else if (key.isRecord()) {
            checkNotOverridden(key, "equals");
            checkNotOverridden(key, "hashCode");
            Arrays.stream(key.getRecordComponents())
                    .filter(component -> !component.isAnnotationPresent(WithCodec.class))
                    .map(RecordComponent::getGenericType)
                    .forEach(KeyTypes::checkEquality);
        }
    }

    private static void checkNotOverridden(Class<?> key, String method) {
        boolean own =
                Arrays.stream(key.getDeclaredMethods())
                        .anyMatch(found -> found.getName().equals(method) && !isGenerated(found));
        if (own) {
            throw refused(
                    key.getName(),
                    "it overrides " + method + ", and keys are compared by their bytes");
        }
    }

    private static boolean isGenerated(Method method) {
        return Modifier.isFinal(method.getModifiers());
    }

    private static IllegalArgumentException refused(String path, String reason) {
        return new IllegalArgumentException(
                path
                        + " cannot be a key: "
                        + reason
                        + ". Key by an id, a String or a record of ids");
    }
}
