package io.headrace;

import io.headrace.type.BytesIn;
import io.headrace.type.BytesOut;
import io.headrace.type.Codec;
import io.headrace.type.Type;
import java.lang.reflect.ParameterizedType;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;

/** Makes the type of an {@code Optional} from that of its value. */
final class OptionalTypes {
    private OptionalTypes() {}

    static <V> Type<Optional<V>> of(Type<V> value) {
        return value.codec().isPresent()
                ? Type.of(Optional.class, new OptionalCodec<>(value.codec().get()))
                : Type.ofReflected(new OptionalOf(value.reflected()));
    }

    /** Stores whether there is a value, then the value by the user's codec and its version. */
    private record OptionalCodec<V>(Codec<V> value) implements Codec<Optional<V>> {
        @Override
        public String name() {
            return "agg.optional." + value.name();
        }

        @Override
        public int version() {
            return value.version();
        }

        @Override
        public void write(Optional<V> optional, BytesOut out) {
            out.writeBoolean(optional.isPresent());
            optional.ifPresent(present -> value.write(present, out));
        }

        @Override
        public Optional<V> read(BytesIn in, int writtenVersion) {
            return in.readBoolean()
                    ? Optional.of(value.read(in, writtenVersion))
                    : Optional.empty();
        }
    }

    /** Equal to what reflection gives for a field of the same type. */
    private static final class OptionalOf implements ParameterizedType {
        private final java.lang.reflect.Type value;

        OptionalOf(java.lang.reflect.Type value) {
            this.value = value;
        }

        @Override
        public java.lang.reflect.Type[] getActualTypeArguments() {
            return new java.lang.reflect.Type[] {value};
        }

        @Override
        public java.lang.reflect.Type getRawType() {
            return Optional.class;
        }

        @Override
        public java.lang.reflect.Type getOwnerType() {
            return null;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof ParameterizedType that
                    && that.getRawType() == Optional.class
                    && Arrays.equals(that.getActualTypeArguments(), getActualTypeArguments());
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(getActualTypeArguments())
                    ^ Objects.hashCode(getOwnerType())
                    ^ Objects.hashCode(getRawType());
        }

        @Override
        public String toString() {
            return "java.util.Optional<" + value.getTypeName() + ">";
        }
    }
}
