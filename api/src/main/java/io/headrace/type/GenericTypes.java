package io.headrace.type;

import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * Puts type arguments in the place of type variables. What is not known stays a variable; whoever
 * needs it then says which is missing. Results are equal to the JDK's own.
 */
final class GenericTypes {
    private GenericTypes() {}

    /** Returns what the parameters of a generic class stand for in one of its types. */
    static Map<TypeVariable<?>, Type> bindings(Type type) {
        Map<TypeVariable<?>, Type> bindings = new HashMap<>();
        if (type instanceof ParameterizedType generic) {
            TypeVariable<?>[] parameters = ((Class<?>) generic.getRawType()).getTypeParameters();
            for (int i = 0; i < parameters.length; i++) {
                bindings.put(parameters[i], generic.getActualTypeArguments()[i]);
            }
        }
        return bindings;
    }

    static Type resolve(Type type, Map<TypeVariable<?>, Type> bindings) {
        if (type instanceof TypeVariable<?> variable) {
            return bindings.getOrDefault(variable, variable);
        }
        if (type instanceof WildcardType wildcard && wildcard.getLowerBounds().length == 0) {
            return resolve(wildcard.getUpperBounds()[0], bindings);
        }
        if (type instanceof GenericArrayType array) {
            return arrayOf(resolve(array.getGenericComponentType(), bindings));
        }
        if (type instanceof ParameterizedType generic) {
            Type[] arguments =
                    Arrays.stream(generic.getActualTypeArguments())
                            .map(argument -> resolve(argument, bindings))
                            .toArray(Type[]::new);
            return parameterized(
                    (Class<?>) generic.getRawType(), generic.getOwnerType(), arguments);
        }
        return type;
    }

    static Type parameterized(Class<?> raw, Type owner, Type... arguments) {
        return new Parameterized(raw, owner, arguments.clone());
    }

    private static Type arrayOf(Type component) {
        return component instanceof Class<?> plain ? plain.arrayType() : new ArrayOf(component);
    }

    private static final class Parameterized implements ParameterizedType {
        private final Class<?> raw;
        private final Type owner;
        private final Type[] arguments;

        Parameterized(Class<?> raw, Type owner, Type[] arguments) {
            this.raw = raw;
            this.owner = owner;
            this.arguments = arguments;
        }

        @Override
        public Type[] getActualTypeArguments() {
            return arguments.clone();
        }

        @Override
        public Type getRawType() {
            return raw;
        }

        @Override
        public Type getOwnerType() {
            return owner;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof ParameterizedType that
                    && raw.equals(that.getRawType())
                    && Objects.equals(owner, that.getOwnerType())
                    && Arrays.equals(arguments, that.getActualTypeArguments());
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(arguments) ^ Objects.hashCode(owner) ^ raw.hashCode();
        }

        @Override
        public String toString() {
            return Arrays.stream(arguments)
                    .map(Type::getTypeName)
                    .collect(Collectors.joining(", ", raw.getName() + "<", ">"));
        }
    }

    private static final class ArrayOf implements GenericArrayType {
        private final Type component;

        ArrayOf(Type component) {
            this.component = component;
        }

        @Override
        public Type getGenericComponentType() {
            return component;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof GenericArrayType that
                    && component.equals(that.getGenericComponentType());
        }

        @Override
        public int hashCode() {
            return component.hashCode();
        }

        @Override
        public String toString() {
            return component.getTypeName() + "[]";
        }
    }
}
