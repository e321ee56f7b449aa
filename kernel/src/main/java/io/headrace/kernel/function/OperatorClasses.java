package io.headrace.kernel.function;

import io.headrace.kernel.chain.Operator;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.InvocationTargetException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The classes that the operators of a job are made of.
 *
 * <p>The compiler of the JVM remembers per method what it has called. With one {@code MapOperator}
 * for all steps of all jobs it has seen many functions, and calls each through a table; with a copy
 * of the class for each step it has seen one, and makes one piece of code of a whole chain. A copy
 * is a hidden class of the same bytes. The subtasks of a step share it, and so do jobs of the same
 * functions, one after the other or side by side: what was compiled for one is there for the next.
 *
 * <p>What is copied has no lambdas, which a hidden class of Java 17 cannot have, and shares no
 * private members with other classes. Thread-safe.
 */
public abstract sealed class OperatorClasses {
    /** One class for all steps: quicker to start, slower in the long run. */
    public static final OperatorClasses SHARED = new Shared();

    /** So many pipelines are remembered; those that were not used for the longest are forgotten. */
    private static final int REMEMBERED_MAX = 64;

    private static final Map<String, OperatorClasses> REMEMBERED =
            new LinkedHashMap<>(16, 0.75f, true) {
                @Override
                protected boolean removeEldestEntry(Map.Entry<String, OperatorClasses> eldest) {
                    return size() > REMEMBERED_MAX;
                }
            };

    /**
     * Returns the classes for a job: a copy for each of its steps, unless the system property
     * {@code headrace.copyOperators} is false, which helps those who debug.
     *
     * @param functions names the functions of all steps: jobs with equal ones share their classes
     */
    public static OperatorClasses ofJob(String functions) {
        if (!Boolean.parseBoolean(System.getProperty("headrace.copyOperators", "true"))) {
            return SHARED;
        }
        synchronized (REMEMBERED) {
            return REMEMBERED.computeIfAbsent(functions, any -> new Copied());
        }
    }

    /**
     * Creates an operator of a step.
     *
     * @param step the id of the step
     * @param template a class with one constructor
     * @param arguments what its constructor takes
     */
    public final Operator create(
            int step, Class<? extends Operator> template, Object... arguments) {
        try {
            return (Operator)
                    of(step, template).getDeclaredConstructors()[0].newInstance(arguments);
        } catch (InvocationTargetException failed) {
            if (failed.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalStateException(template + " cannot be created", failed.getCause());
        } catch (ReflectiveOperationException failed) {
            throw new IllegalStateException(template + " cannot be created", failed);
        }
    }

    abstract Class<?> of(int step, Class<? extends Operator> template);

    private static final class Shared extends OperatorClasses {
        @Override
        Class<?> of(int step, Class<? extends Operator> template) {
            return template;
        }
    }

    private static final class Copied extends OperatorClasses {
        private final Map<Place, Class<?>> copies = new HashMap<>();

        /** Steps of the same functions may be windows of different kinds. */
        private record Place(int step, Class<?> template) {}

        @Override
        synchronized Class<?> of(int step, Class<? extends Operator> template) {
            return copies.computeIfAbsent(new Place(step, template), any -> copy(template));
        }

        private static Class<?> copy(Class<?> template) {
            String file = template.getSimpleName() + ".class";
            try (InputStream bytes = template.getResourceAsStream(file)) {
                return MethodHandles.lookup()
                        .defineHiddenClass(bytes.readAllBytes(), true)
                        .lookupClass();
            } catch (IOException failed) {
                throw new UncheckedIOException("cannot read " + file, failed);
            } catch (IllegalAccessException failed) {
                throw new IllegalStateException(template + " cannot be copied", failed);
            }
        }
    }
}
