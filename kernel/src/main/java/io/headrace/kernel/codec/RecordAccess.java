package io.headrace.kernel.codec;

import io.headrace.type.DecodeException;
import io.headrace.type.UnknownTypeException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;

/** Method handles on the accessors and the canonical constructor of a record, private or not. */
final class RecordAccess {
    private final Class<?> type;
    private final MethodHandles.Lookup lookup;

    /**
     * Gets access.
     *
     * @throws UnknownTypeException if the record is in a module that does not open its package
     */
    RecordAccess(Class<?> type) {
        this.type = type;
        try {
            this.lookup = MethodHandles.privateLookupIn(type, MethodHandles.lookup());
        } catch (IllegalAccessException closed) {
            throw unreachable(closed);
        }
    }

    /** Returns the accessor as a function from {@code Object} to the given class. */
    MethodHandle accessor(RecordComponent component, Class<?> result) {
        try {
            return lookup.unreflect(component.getAccessor())
                    .asType(MethodType.methodType(result, Object.class));
        } catch (IllegalAccessException closed) {
            throw unreachable(closed);
        }
    }

    /** Returns the canonical constructor as a function from {@code Object[]} to {@code Object}. */
    MethodHandle constructor() {
        Class<?>[] parameters =
                Arrays.stream(type.getRecordComponents())
                        .map(RecordComponent::getType)
                        .toArray(Class<?>[]::new);
        try {
            return lookup.findConstructor(type, MethodType.methodType(void.class, parameters))
                    .asSpreader(Object[].class, parameters.length)
                    .asType(MethodType.methodType(Object.class, Object[].class));
        } catch (ReflectiveOperationException closed) {
            throw unreachable(closed);
        }
    }

    /** Calls what {@link #constructor()} returned; a constructor that refuses is a bad value. */
    static Object construct(MethodHandle constructor, Object[] arguments) {
        try {
            return constructor.invokeExact(arguments);
        } catch (Error error) {
            throw error;
        } catch (Throwable refused) {
            throw new DecodeException("the constructor of the record refused: " + refused, refused);
        }
    }

    /** Rethrows what an accessor threw. */
    static RuntimeException thrownBy(Throwable accessor) {
        if (accessor instanceof Error error) {
            throw error;
        }
        return accessor instanceof RuntimeException unchecked
                ? unchecked
                : new IllegalStateException("an accessor of a record failed", accessor);
    }

    private UnknownTypeException unreachable(ReflectiveOperationException closed) {
        return new UnknownTypeException(
                type.getName(),
                "its members cannot be reached ("
                        + closed.getMessage()
                        + "): open the package "
                        + type.getPackageName()
                        + " in module-info.java");
    }
}
