package io.headrace.flink;

import io.headrace.type.Codec;
import io.headrace.type.Type;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InvalidObjectException;
import java.io.ObjectOutputStream;
import java.io.OutputStream;
import java.io.Serializable;
import java.lang.reflect.Constructor;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.util.List;
import org.apache.flink.util.InstantiationUtil;

/**
 * Graphs and types on their way to a cluster, as part of a job.
 *
 * <p>A job of Flink is Java-serialized, and so are the functions of its user. The records that a
 * graph is made of, and types, are not serializable: they travel as what they were created from.
 * Flink reads them back as it reads the job: only what this process wrote, or a client that may run
 * code on the cluster anyway.
 */
final class Shipped {
    private Shipped() {}

    /**
     * Writes a graph or a type.
     *
     * @throws IllegalArgumentException if something in it cannot be serialized; names its class
     */
    static byte[] write(Object value) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (Writer out = new Writer(bytes)) {
            out.writeObject(value);
        } catch (IOException notSerializable) {
            throw new IllegalArgumentException(
                    "cannot be sent to a cluster: " + notSerializable.getMessage(),
                    notSerializable);
        }
        return bytes.toByteArray();
    }

    /** Reads what {@link #write} wrote; its classes are those of a loader. */
    static Object read(byte[] bytes, ClassLoader classes) {
        try {
            return InstantiationUtil.deserializeObject(bytes, classes);
        } catch (IOException | ClassNotFoundException unreadable) {
            throw new IllegalStateException(
                    "the job was built with other classes: " + unreadable, unreadable);
        }
    }

    private static final class Writer extends ObjectOutputStream {
        Writer(OutputStream out) throws IOException {
            super(out);
            enableReplaceObject(true);
        }

        @Override
        protected Object replaceObject(Object value) throws IOException {
            if (value instanceof Type<?> type) {
                return TypeForm.of(type);
            }
            if (value instanceof Serializable) {
                return value;
            }
            if (value instanceof ParameterizedType parameterized) {
                return new ParameterizedForm(
                        parameterized.getOwnerType(),
                        parameterized.getRawType(),
                        parameterized.getActualTypeArguments());
            }
            if (value instanceof Codec<?>) {
                return new CodecForm(value.getClass());
            }
            return value instanceof Record record ? RecordForm.of(record) : value;
        }
    }

    /** A record that is not serializable. */
    private record RecordForm(Class<?> type, Object[] components) implements Serializable {
        static RecordForm of(Record value) throws IOException {
            RecordComponent[] declared = value.getClass().getRecordComponents();
            Object[] components = new Object[declared.length];
            try {
                for (int i = 0; i < declared.length; i++) {
                    declared[i].getAccessor().setAccessible(true);
                    components[i] = declared[i].getAccessor().invoke(value);
                }
            } catch (ReflectiveOperationException unreadable) {
                throw new IOException(value.getClass().getName(), unreadable);
            }
            return new RecordForm(value.getClass(), components);
        }

        private Object readResolve() throws InvalidObjectException {
            RecordComponent[] declared = type.getRecordComponents();
            Class<?>[] types = new Class<?>[declared.length];
            for (int i = 0; i < types.length; i++) {
                types[i] = declared[i].getType();
            }
            try {
                Constructor<?> constructor = type.getDeclaredConstructor(types);
                constructor.setAccessible(true);
                return constructor.newInstance(components);
            } catch (ReflectiveOperationException changed) {
                throw (InvalidObjectException)
                        new InvalidObjectException(type + " has changed").initCause(changed);
            }
        }
    }

    /** A type. */
    private record TypeForm(Object reflected, Object codec, List<Type<?>> parts)
            implements Serializable {
        static TypeForm of(Type<?> type) {
            return new TypeForm(type.reflected(), type.codec().orElse(null), type.parts());
        }

        @SuppressWarnings("unchecked") // A type and its codec were made for each other.
        private Object readResolve() {
            if (!parts.isEmpty()) {
                return reflected == List.class ? Type.list(parts.get(0)) : Type.tuple(parts);
            }
            return Type.ofReflected((java.lang.reflect.Type) reflected, (Codec<Object>) codec);
        }
    }

    /** A codec that is not serializable: a class with a constructor without parameters. */
    private record CodecForm(Class<?> type) implements Serializable {
        private Object readResolve() throws InvalidObjectException {
            try {
                Constructor<?> constructor = type.getDeclaredConstructor();
                constructor.setAccessible(true);
                return constructor.newInstance();
            } catch (ReflectiveOperationException none) {
                throw (InvalidObjectException)
                        new InvalidObjectException(
                                        "codec "
                                                + type.getName()
                                                + " needs a constructor without parameters, or to"
                                                + " implement Serializable")
                                .initCause(none);
            }
        }
    }

    /** A type with arguments. The one of the JDK cannot be serialized. */
    private record ParameterizedForm(Object owner, Object raw, Object[] arguments)
            implements ParameterizedType, Serializable {
        @Override
        public java.lang.reflect.Type[] getActualTypeArguments() {
            return java.util.Arrays.copyOf(
                    arguments, arguments.length, java.lang.reflect.Type[].class);
        }

        @Override
        public java.lang.reflect.Type getRawType() {
            return (java.lang.reflect.Type) raw;
        }

        @Override
        public java.lang.reflect.Type getOwnerType() {
            return (java.lang.reflect.Type) owner;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof ParameterizedType that
                    && getRawType().equals(that.getRawType())
                    && java.util.Arrays.equals(
                            getActualTypeArguments(), that.getActualTypeArguments());
        }

        @Override
        public int hashCode() {
            return java.util.Arrays.hashCode(getActualTypeArguments()) ^ raw.hashCode();
        }

        @Override
        public String toString() {
            return getRawType().getTypeName() + java.util.Arrays.toString(arguments);
        }
    }
}
