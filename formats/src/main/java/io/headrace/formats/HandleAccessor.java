package io.headrace.formats;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodType;
import java.lang.reflect.UndeclaredThrowableException;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

/**
 * Accessors that call a method handle: slower than classes made for them, which the JDK refuses for
 * a record of another module. Every class loader has a module of its own, and so has the jar of a
 * user that is loaded behind the engine.
 */
final class HandleAccessor {
    private HandleAccessor() {}

    /**
     * Returns a function that calls a handle.
     *
     * @param shape {@code Function}, {@code ToLongFunction} or {@code ToDoubleFunction}
     */
    static <F> F of(MethodHandle accessor, Class<F> shape) {
        if (shape == ToLongFunction.class) {
            return shape.cast(ofLong(accessor));
        }
        return shape.cast(
                shape == ToDoubleFunction.class ? ofDouble(accessor) : ofObject(accessor));
    }

    private static Function<Object, Object> ofObject(MethodHandle accessor) {
        MethodHandle erased = accessor.asType(MethodType.methodType(Object.class, Object.class));
        return value -> {
            try {
                return (Object) erased.invokeExact(value);
            } catch (Throwable thrown) {
                throw unchecked(thrown);
            }
        };
    }

    private static ToLongFunction<Object> ofLong(MethodHandle accessor) {
        MethodHandle erased = accessor.asType(MethodType.methodType(long.class, Object.class));
        return value -> {
            try {
                return (long) erased.invokeExact(value);
            } catch (Throwable thrown) {
                throw unchecked(thrown);
            }
        };
    }

    private static ToDoubleFunction<Object> ofDouble(MethodHandle accessor) {
        MethodHandle erased = accessor.asType(MethodType.methodType(double.class, Object.class));
        return value -> {
            try {
                return (double) erased.invokeExact(value);
            } catch (Throwable thrown) {
                throw unchecked(thrown);
            }
        };
    }

    private static RuntimeException unchecked(Throwable thrown) {
        if (thrown instanceof Error error) {
            throw error;
        }
        return thrown instanceof RuntimeException runtime
                ? runtime
                : new UndeclaredThrowableException(thrown);
    }
}
