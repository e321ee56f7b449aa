package io.headrace.type;

import java.io.Serializable;
import java.lang.invoke.MethodType;
import java.lang.invoke.SerializedLambda;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.WildcardType;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Finds out what a function returns.
 *
 * <p>A serializable lambda carries a {@link SerializedLambda}: its instantiated method type is the
 * erased result that the compiler inferred. An erased result of a generic class says too little;
 * the generic signature of a referenced method then says the rest.
 */
final class ResultTypes {
    private ResultTypes() {}

    static Optional<Type<?>> resultOf(Serializable function) {
        Optional<java.lang.reflect.Type> found =
                function.getClass().isSynthetic()
                        ? ofLambda(function)
                        : ofClass(function.getClass());
        return found.filter(ResultTypes::complete).map(Type::ofReflected);
    }

    private static Optional<java.lang.reflect.Type> ofLambda(Serializable function) {
        try {
            Method writeReplace = function.getClass().getDeclaredMethod("writeReplace");
            writeReplace.setAccessible(true);
            SerializedLambda lambda = (SerializedLambda) writeReplace.invoke(function);
            ClassLoader loader = function.getClass().getClassLoader();
            Class<?> erased =
                    MethodType.fromMethodDescriptorString(
                                    lambda.getInstantiatedMethodType(), loader)
                            .wrap()
                            .returnType();
            if (erased.getTypeParameters().length == 0 && erased != Object.class) {
                return Optional.of(erased);
            }
            return genericResult(lambda, loader);
        } catch (ReflectiveOperationException | RuntimeException unreadable) {
            return Optional.empty(); // The caller asks for an explicit type and says how.
        }
    }

    private static Optional<java.lang.reflect.Type> genericResult(
            SerializedLambda lambda, ClassLoader loader) throws ReflectiveOperationException {
        String owner = lambda.getImplClass().replace('/', '.');
        MethodType signature =
                MethodType.fromMethodDescriptorString(lambda.getImplMethodSignature(), loader);
        Method method =
                Class.forName(owner, false, loader)
                        .getDeclaredMethod(lambda.getImplMethodName(), signature.parameterArray());
        return method.isSynthetic()
                ? Optional.empty() // The body of a lambda: javac keeps no generic signature.
                : Optional.of(method.getGenericReturnType());
    }

    private static Optional<java.lang.reflect.Type> ofClass(Class<?> implementation) {
        List<java.lang.reflect.Type> found =
                functionalMethods(implementation)
                        .flatMap(method -> implementing(method, implementation))
                        .map(Method::getGenericReturnType)
                        .distinct()
                        .toList();
        return found.size() == 1 ? Optional.of(found.get(0)) : Optional.empty();
    }

    /** Returns the one method of each serializable functional interface of a class. */
    private static Stream<Method> functionalMethods(Class<?> implementation) {
        Stream.Builder<Class<?>> interfaces = Stream.builder();
        for (Class<?> each = implementation; each != null; each = each.getSuperclass()) {
            Arrays.stream(each.getInterfaces()).forEach(interfaces);
        }
        return interfaces
                .build()
                .filter(Serializable.class::isAssignableFrom)
                .map(each -> Arrays.stream(each.getMethods()).filter(ResultTypes::isAbstract))
                .map(Stream::toList)
                .filter(methods -> methods.size() == 1)
                .map(methods -> methods.get(0));
    }

    private static boolean isAbstract(Method method) {
        return Modifier.isAbstract(method.getModifiers());
    }

    private static Stream<Method> implementing(Method declared, Class<?> implementation) {
        return Arrays.stream(implementation.getMethods())
                .filter(method -> method.getName().equals(declared.getName()))
                .filter(method -> method.getParameterCount() == declared.getParameterCount())
                .filter(method -> !method.isBridge() && !isAbstract(method));
    }

    private static boolean complete(java.lang.reflect.Type type) {
        if (type instanceof Class<?> plain) {
            return plain.getTypeParameters().length == 0 && plain != Object.class;
        }
        if (type instanceof ParameterizedType generic) {
            return Arrays.stream(generic.getActualTypeArguments()).allMatch(ResultTypes::complete);
        }
        if (type instanceof GenericArrayType array) {
            return complete(array.getGenericComponentType());
        }
        return type instanceof WildcardType wildcard
                && wildcard.getLowerBounds().length == 0
                && complete(wildcard.getUpperBounds()[0]);
    }
}
