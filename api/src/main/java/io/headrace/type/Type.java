package io.headrace.type;

import java.io.Serializable;
import java.lang.reflect.ParameterizedType;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The full generic type of a value, with the schema and the codec that follow from it.
 *
 * <p>A class is named by {@link #of(Class)}, a generic type by an anonymous subclass:
 *
 * <pre>{@code
 * Type<Payment> payment = Type.of(Payment.class);
 * Type<Map<String, Payment>> byName = new Type<Map<String, Payment>>() {};
 * }</pre>
 *
 * <p>Records, sealed interfaces, enums, the values of {@code java.time}, {@code BigDecimal}, {@code
 * List}, {@code Map}, {@code Set}, {@code Optional}, arrays, primitives, {@code String} and {@code
 * UUID} need nothing from the user. Any other class needs a {@link Codec}, given by {@link
 * #of(Class, Codec)} or by {@link WithCodec}.
 *
 * <p>Immutable and thread-safe. Two types are equal when they name the same generic type and the
 * same codec.
 *
 * @param <T> the type named
 */
public abstract class Type<T> {
    private final java.lang.reflect.Type reflected;
    private final Codec<T> codec;
    private final List<Type<?>> parts;
    private volatile Schema schema;

    /**
     * Captures the type argument of the subclass.
     *
     * @throws IllegalStateException if the subclass gives no type argument
     */
    protected Type() {
        if (!(getClass().getGenericSuperclass() instanceof ParameterizedType parameterized)) {
            throw new IllegalStateException(
                    "a Type needs its type argument: write new Type<List<String>>() {}");
        }
        this.reflected = parameterized.getActualTypeArguments()[0];
        this.codec = null;
        this.parts = List.of();
    }

    private Type(java.lang.reflect.Type reflected, Codec<T> codec, List<Type<?>> parts) {
        this.reflected = Objects.requireNonNull(reflected, "reflected");
        this.codec = codec;
        this.parts = parts;
    }

    /** Returns the type of a class without type parameters. Its schema is checked on first use. */
    public static <T> Type<T> of(Class<T> type) {
        return new Known<>(type, null, List.of());
    }

    /**
     * Returns the type of a class that is stored by a codec of its own.
     *
     * @param codec its name and version, never its class, are written into checkpoints
     */
    public static <T> Type<T> of(Class<? super T> type, Codec<T> codec) {
        return new Known<>(type, Objects.requireNonNull(codec, "codec"), List.of());
    }

    /** Returns the type that reflection found; the caller vouches that it is {@code T}. */
    public static <T> Type<T> ofReflected(java.lang.reflect.Type reflected) {
        return new Known<>(reflected, null, List.of());
    }

    /** Like {@link #ofReflected(java.lang.reflect.Type)}, with a codec; null to derive one. */
    public static <T> Type<T> ofReflected(java.lang.reflect.Type reflected, Codec<T> codec) {
        return new Known<>(reflected, codec, List.of());
    }

    /** Returns the type of an {@code Object[]} whose elements have the given types, in order. */
    public static Type<Object[]> tuple(List<? extends Type<?>> parts) {
        return new Known<>(Object[].class, null, List.copyOf(parts));
    }

    /**
     * Returns the type of a list whose elements have a given type, with its codec if it has one.
     */
    public static <E> Type<List<E>> list(Type<E> element) {
        return new Known<>(List.class, null, List.of(element));
    }

    /**
     * Reads the result type of a function: from the signature that the compiler wrote for a lambda,
     * from the generic signature of a referenced method, or from the type arguments of a class.
     *
     * @return empty where the type cannot be known, for example behind a generic lambda
     */
    public static Optional<Type<?>> resultOf(Serializable function) {
        return ResultTypes.resultOf(function);
    }

    /** Returns the type as reflection names it. */
    public final java.lang.reflect.Type reflected() {
        return reflected;
    }

    /** Returns the codec given by the user, if one was. */
    public final Optional<Codec<T>> codec() {
        return Optional.ofNullable(codec);
    }

    /** Returns the types that {@link #tuple} or {@link #list} got; empty for any other type. */
    public final List<Type<?>> parts() {
        return parts;
    }

    /**
     * Returns the schema: what is written into checkpoints to say how a value is stored.
     *
     * @throws UnknownTypeException if a part of the type has no schema; names path and fix
     */
    public final Schema schema() {
        Schema known = schema;
        if (known == null) {
            known = SchemaDerivation.derive(this);
            schema = known;
        }
        return known;
    }

    @Override
    public final boolean equals(Object other) {
        return other instanceof Type<?> that
                && reflected.equals(that.reflected)
                && parts.equals(that.parts)
                && Objects.equals(codecIdentity(), that.codecIdentity());
    }

    @Override
    public final int hashCode() {
        return Objects.hash(reflected, parts, codecIdentity());
    }

    @Override
    public final String toString() {
        if (parts.isEmpty()) {
            return reflected.getTypeName();
        }
        return reflected == List.class ? "java.util.List<" + parts.get(0) + ">" : "tuple" + parts;
    }

    private String codecIdentity() {
        return codec == null ? null : codec.name() + "/" + codec.version();
    }

    private static final class Known<T> extends Type<T> {
        Known(java.lang.reflect.Type reflected, Codec<T> codec, List<Type<?>> parts) {
            super(reflected, codec, parts);
        }
    }
}
