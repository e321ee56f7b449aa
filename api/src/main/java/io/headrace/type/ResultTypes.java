package io.headrace.type;

import java.io.Serializable;
import java.lang.invoke.MethodType;
import java.lang.invoke.SerializedLambda;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.WildcardType;
import java.util.Arrays;
import java.util.Optional;

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
        return Arrays.stream(implementation.getGenericInterfaces())
                .filter(ParameterizedType.class::isInstance)
                .map(ParameterizedType.class::cast)
                .map(ParameterizedType::getActualTypeArguments)
                .map(arguments -> arguments[arguments.length - 1])
                .findFirst();
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
