package io.headrace.formats;

import io.headrace.type.UnknownTypeException;
import java.lang.invoke.LambdaMetafactory;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/**
 * The components of a record class: how they are read, and how a record is made of them.
 *
 * <p>Accessors are classes made by {@link LambdaMetafactory}, one per component: a call through a
 * method handle that is not a constant costs several times as much. {@link HandleAccessor} makes up
 * for records of another module.
 *
 * @param <T> the record class
 */
final class RecordShape<T> {
    private final Class<T> type;
    private final List<RecordComponent> components;
    private final MethodHandles.Lookup lookup;
    private final MethodHandle constructor;

    private RecordShape(Class<T> type) {
        this.type = type;
        if (!type.isRecord()) {
            throw new UnknownTypeException(type.getName(), "is no record class: make it a record");
        }
        this.components = List.of(type.getRecordComponents());
        try {
            this.lookup = MethodHandles.privateLookupIn(type, MethodHandles.lookup());
            Class<?>[] types =
                    components.stream().map(RecordComponent::getType).toArray(Class<?>[]::new);
            this.constructor =
                    lookup.findConstructor(type, MethodType.methodType(void.class, types))
                            .asSpreader(Object[].class, types.length)
                            .asType(MethodType.methodType(Object.class, Object[].class));
        } catch (ReflectiveOperationException closed) {
            throw new UnknownTypeException(
                    type.getName(),
                    "cannot be accessed: open its package to the module of the formats ("
                            + closed.getMessage()
                            + ")");
        }
    }

    static <T> RecordShape<T> of(Class<T> type) {
        return new RecordShape<>(type);
    }

    Class<T> type() {
        return type;
    }

    List<RecordComponent> components() {
        return components;
    }

    List<String> names() {
        return components.stream().map(RecordComponent::getName).toList();
    }

    int indexOf(String name) {
        return names().indexOf(name);
    }

    /**
     * Makes a record.
     *
     * @param arguments one for each component, null only where the component may be null
     * @throws MalformedException if the constructor refuses them
     */
    Object create(Object[] arguments) throws MalformedException {
        try {
            return (Object) constructor.invokeExact(arguments);
        } catch (Error fault) {
            throw fault;
        } catch (IllegalArgumentException refused) {
            throw refusal(refused.getMessage());
        } catch (Throwable refused) {
            throw refusal(refused.toString());
        }
    }

    private MalformedException refusal(String reason) {
        return new MalformedException(type.getSimpleName() + " refuses it: " + reason);
    }

    /** Returns a function that reads a component and boxes primitives. */
    @SuppressWarnings("unchecked") // Erased: the function takes records and returns anything.
    Function<Object, Object> accessor(RecordComponent component) {
        return accessor(component, Function.class, "apply", Object.class);
    }

    /**
     * Returns a function that reads a component.
     *
     * @param shape a functional interface of the JDK
     * @param method its method, from {@code Object} to {@code result}
     */
    <F> F accessor(RecordComponent component, Class<F> shape, String method, Class<?> result) {
        try {
            MethodHandle accessor = lookup.unreflect(component.getAccessor());
            if (!lookup.hasFullPrivilegeAccess()) {
                return HandleAccessor.of(accessor, shape);
            }
            MethodType instantiated =
                    accessor.type().changeReturnType(boxedFor(result, accessor.type()));
            return shape.cast(
                    LambdaMetafactory.metafactory(
                                    lookup,
                                    method,
                                    MethodType.methodType(shape),
                                    MethodType.methodType(result, Object.class),
                                    accessor,
                                    instantiated)
                            .getTarget()
                            .invoke());
        } catch (Error | RuntimeException fault) {
            throw fault;
        } catch (Throwable closed) {
            throw new UnknownTypeException(
                    type.getName() + "." + component.getName(),
                    "cannot be accessed: make it public (" + closed.getMessage() + ")");
        }
    }

    private static Class<?> boxedFor(Class<?> result, MethodType accessor) {
        return result.isPrimitive() ? result : accessor.wrap().returnType();
    }

    @Override
    public String toString() {
        return type.getSimpleName() + Arrays.toString(names().toArray());
    }
}
