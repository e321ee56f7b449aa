package io.headrace.type;

import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Array;
import java.lang.reflect.Constructor;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.TypeVariable;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The parts of a type with all type arguments filled in. For those who make codecs; a pipeline
 * needs only {@link Type}.
 *
 * <p>Thread-safe; nothing is remembered.
 */
public final class TypeStructure {
    private TypeStructure() {}

    /**
     * Returns the class of the values.
     *
     * @throws UnknownTypeException if the type is a variable or a wildcard
     */
    public static Class<?> raw(Type<?> type) {
        java.lang.reflect.Type reflected = type.reflected();
        if (reflected instanceof Class<?> plain) {
            return plain;
        }
        if (reflected instanceof ParameterizedType generic) {
            return (Class<?>) generic.getRawType();
        }
        if (reflected instanceof GenericArrayType array) {
            Class<?> element = raw(Type.ofReflected(array.getGenericComponentType()));
            return Array.newInstance(element, 0).getClass();
        }
        throw new UnknownTypeException(
                type.toString(),
                "the type argument is not known here: write it out, as in new"
                        + " Type<Pair<String, Long>>() {}");
    }

    /** Returns the type arguments; of an array, the type of its elements. */
    public static List<Type<?>> arguments(Type<?> type) {
        java.lang.reflect.Type reflected = type.reflected();
        if (reflected == List.class) {
            return type.parts();
        }
        if (reflected instanceof ParameterizedType generic) {
            return Arrays.stream(generic.getActualTypeArguments())
                    .<Type<?>>map(argument -> resolved(argument, Map.of()))
                    .toList();
        }
        if (reflected instanceof GenericArrayType array) {
            return List.of(resolved(array.getGenericComponentType(), Map.of()));
        }
        return reflected instanceof Class<?> plain && plain.isArray()
                ? List.of(Type.of(plain.getComponentType()))
                : List.of();
    }

    /** Returns the type of a component of a record, with the codec that the component names. */
    public static Type<?> component(Type<?> owner, RecordComponent component) {
        java.lang.reflect.Type reflected =
                GenericTypes.resolve(
                        component.getGenericType(), GenericTypes.bindings(owner.reflected()));
        return named(component)
                .<Type<?>>map(codec -> Type.ofReflected(reflected, codec))
                .orElseGet(() -> Type.ofReflected(reflected));
    }

    /** Returns the classes that implement a sealed interface, through sealed interfaces below. */
    public static List<Type<?>> cases(Type<?> sealed) {
        Set<Type<?>> cases = new LinkedHashSet<>();
        addCases(sealed, cases);
        return List.copyOf(cases);
    }

    /**
     * Returns the codec that the user gave: to the type, to the component, or to the class.
     *
     * @throws UnknownTypeException if the class names a codec that cannot be created
     */
    public static Optional<Codec<?>> codec(Type<?> type) {
        if (type.codec().isPresent()) {
            return Optional.of(type.codec().orElseThrow());
        }
        return type.parts().isEmpty() ? named(raw(type)) : Optional.empty();
    }

    private static void addCases(Type<?> sealed, Set<Type<?>> cases) {
        for (Class<?> permitted : raw(sealed).getPermittedSubclasses()) {
            Type<?> one = narrowed(sealed, permitted);
            if (permitted.isInterface() && permitted.isSealed()) {
                addCases(one, cases); // As deep as interfaces extend each other.
            } else {
                cases.add(one);
            }
        }
    }

    /** Fills in the parameters of a subclass from the arguments of its sealed interface. */
    private static Type<?> narrowed(Type<?> sealed, Class<?> permitted) {
        TypeVariable<?>[] parameters = permitted.getTypeParameters();
        if (parameters.length == 0) {
            return Type.of(permitted);
        }
        Map<TypeVariable<?>, java.lang.reflect.Type> bindings = new HashMap<>();
        for (java.lang.reflect.Type implemented : permitted.getGenericInterfaces()) {
            if (implemented instanceof ParameterizedType generic
                    && generic.getRawType() == raw(sealed)) {
                bind(generic, sealed, bindings);
            }
        }
        return resolved(
                GenericTypes.parameterized(permitted, permitted.getDeclaringClass(), parameters),
                bindings);
    }

    private static void bind(
            ParameterizedType declared,
            Type<?> actual,
            Map<TypeVariable<?>, java.lang.reflect.Type> bindings) {
        List<Type<?>> arguments = arguments(actual);
        for (int i = 0; i < arguments.size(); i++) {
            if (declared.getActualTypeArguments()[i] instanceof TypeVariable<?> variable) {
                bindings.put(variable, arguments.get(i).reflected());
            }
        }
    }

    private static Type<?> resolved(
            java.lang.reflect.Type type, Map<TypeVariable<?>, java.lang.reflect.Type> bindings) {
        return Type.ofReflected(GenericTypes.resolve(type, bindings));
    }

    private static Optional<Codec<?>> named(AnnotatedElement element) {
        return Optional.ofNullable(element.getAnnotation(WithCodec.class))
                .map(WithCodec::value)
                .map(TypeStructure::create);
    }

    private static Codec<?> create(Class<? extends Codec<?>> codec) {
        try {
            Constructor<? extends Codec<?>> constructor = codec.getConstructor();
            constructor.trySetAccessible();
            return constructor.newInstance();
        } catch (ReflectiveOperationException unusable) {
            throw new UnknownTypeException(
                    "codec " + codec.getName(),
                    "it cannot be created ("
                            + unusable
                            + "): make it a named class with a public constructor without"
                            + " parameters");
        }
    }
}
