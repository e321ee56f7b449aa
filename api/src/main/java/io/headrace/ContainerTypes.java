package io.headrace;

import io.headrace.type.BytesIn;
import io.headrace.type.BytesOut;
import io.headrace.type.Codec;
import io.headrace.type.DecodeException;
import io.headrace.type.Type;
import java.lang.reflect.ParameterizedType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Makes the types of containers from that of what they hold. */
final class ContainerTypes {
    private ContainerTypes() {}

    static <V> Type<Optional<V>> optional(Type<V> value) {
        return value.codec().isPresent()
                ? Type.of(Optional.class, new OptionalCodec<>(value.codec().get()))
                : derived(Optional.class, value);
    }

    /** Returns the type of a list; one that is read can be changed. */
    static <V> Type<List<V>> list(Type<V> element) {
        return element.codec().isPresent()
                ? Type.of(
                        List.class,
                        new CollectionCodec<V, List<V>>(
                                "list", ArrayList::new, element.codec().get()))
                : derived(List.class, element);
    }

    /** Returns the type of a set that keeps the order; one that is read can be changed. */
    static <V> Type<Set<V>> set(Type<V> element) {
        return element.codec().isPresent()
                ? Type.of(
                        Set.class,
                        new CollectionCodec<V, Set<V>>(
                                "set", LinkedHashSet::new, element.codec().get()))
                : derived(Set.class, element);
    }

    private static <C> Type<C> derived(Class<?> container, Type<?> element) {
        return Type.ofReflected(new Container(container, element.reflected()));
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

    /**
     * Stores the number of elements, then the length and the bytes of each by the user's codec and
     * its version. The lengths bound what is allocated, also for elements of no bytes.
     */
    private record CollectionCodec<V, C extends Collection<V>>(
            String container, Supplier<C> empty, Codec<V> element) implements Codec<C> {
        @Override
        public String name() {
            return "agg." + container + "." + element.name();
        }

        @Override
        public int version() {
            return element.version();
        }

        @Override
        public void write(C values, BytesOut out) {
            out.writeVarInt(values.size());
            BytesOut one = new BytesOut(16);
            for (V value : values) {
                one.clear();
                element.write(value, one);
                out.writeVarInt(one.size());
                out.write(one.array(), 0, one.size());
            }
        }

        @Override
        public C read(BytesIn in, int writtenVersion) {
            C values = empty.get();
            final int count = in.readCount();
            for (int i = 0; i < count; i++) {
                BytesIn one = in.readSlice(in.readCount());
                if (!values.add(element.read(one, writtenVersion))) {
                    throw new DecodeException("an element of a set is there twice");
                }
                if (one.remaining() > 0) {
                    throw new DecodeException(
                            "codec " + element.name() + " read not all of its bytes");
                }
            }
            return values;
        }
    }

    /** Equal to what reflection gives for a field of the same type. */
    private static final class Container implements ParameterizedType {
        private final Class<?> raw;
        private final java.lang.reflect.Type element;

        Container(Class<?> raw, java.lang.reflect.Type element) {
            this.raw = raw;
            this.element = element;
        }

        @Override
        public java.lang.reflect.Type[] getActualTypeArguments() {
            return new java.lang.reflect.Type[] {element};
        }

        @Override
        public java.lang.reflect.Type getRawType() {
            return raw;
        }

        @Override
        public java.lang.reflect.Type getOwnerType() {
            return null;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof ParameterizedType that
                    && that.getRawType() == raw
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
            return raw.getName() + "<" + element.getTypeName() + ">";
        }
    }
}
