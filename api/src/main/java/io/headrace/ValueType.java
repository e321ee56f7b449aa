package io.headrace;

import io.headrace.type.Schema;
import io.headrace.type.Type;
import java.io.IOException;
import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.util.Objects;

/**
 * The type of values that an aggregate or a keyed tool keeps. Goes to another machine as its class.
 */
final class ValueType<V> implements Serializable {
    private static final long serialVersionUID = 1L;

    /** What the type is rebuilt from on another machine; null if a class does not tell it. */
    private final Class<?> plain;

    private final transient Type<V> type;

    ValueType(Type<V> type) {
        this.type = Objects.requireNonNull(type, "type");
        this.plain =
                type.codec().isEmpty() && type.reflected() instanceof Class<?> found ? found : null;
    }

    Type<V> type() {
        return type;
    }

    /**
     * Returns what a user's function gave.
     *
     * @param owner what the function belongs to, for the message
     */
    V checked(String owner, V value) {
        if (value == null) {
            throw new NullPointerException(
                    "the function of "
                            + owner
                            + " returned null: drop such records with filter before");
        }
        return value;
    }

    /**
     * Checks that values which were stored and read again equal the old ones.
     *
     * @throws IllegalArgumentException naming the owner and the part that is an array
     */
    ValueType<V> requireEquality(String owner) {
        requireEquality(owner, type.toString(), type.schema());
        return this;
    }

    private static void requireEquality(String owner, String path, Schema schema) {
        boolean array =
                schema instanceof Schema.Scalar scalar && scalar.kind() == Schema.Kind.BYTES
                        || schema instanceof Schema.Sequence sequence
                                && sequence.shape() == Schema.Shape.ARRAY;
        if (array) {
            throw new IllegalArgumentException(
                    owner
                            + " compares values, and "
                            + path
                            + " is an array, which equals only itself: use a List or a String");
        }
        if (schema instanceof Schema.Struct struct) {
            struct.fields()
                    .forEach(
                            field ->
                                    requireEquality(
                                            owner, path + "." + field.name(), field.schema()));
        } else if (schema instanceof Schema.Union union) {
            union.cases().forEach(one -> requireEquality(owner, path + "." + one.name(), one));
        } else if (schema instanceof Schema.Maybe maybe) {
            requireEquality(owner, path, maybe.value());
        } else if (schema instanceof Schema.Sequence sequence) {
            requireEquality(owner, path + "[]", sequence.element());
        } else if (schema instanceof Schema.Mapping mapping) {
            requireEquality(owner, path + "{key}", mapping.key());
            requireEquality(owner, path + "{value}", mapping.value());
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ValueType<?> that && type.equals(that.type);
    }

    @Override
    public int hashCode() {
        return type.hashCode();
    }

    @Override
    public String toString() {
        return type.toString();
    }

    private void writeObject(ObjectOutputStream out) throws IOException {
        if (plain == null) {
            throw new NotSerializableException(
                    "an aggregate over "
                            + type
                            + " with a codec or type arguments of its own: use a class that is"
                            + " annotated with @WithCodec");
        }
        out.defaultWriteObject();
    }

    private Object readResolve() {
        return new ValueType<V>(Type.ofReflected(plain));
    }
}
