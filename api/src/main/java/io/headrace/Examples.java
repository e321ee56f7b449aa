package io.headrace;

import io.headrace.function.Factory;
import io.headrace.function.StatefulFunction;
import io.headrace.state.Declarations;
import io.headrace.state.TimeDomain;
import io.headrace.type.Type;
import java.lang.reflect.ParameterizedType;

/** Reads from a function object what functions of its kind declare. */
final class Examples {
    private Examples() {}

    /**
     * Creates a function to look at.
     *
     * @throws IllegalArgumentException if the factory creates no new object at each call
     * @throws io.headrace.type.UnknownTypeException if a state has a type that cannot be stored
     */
    static <F extends StatefulFunction<?, ?>> F of(String step, Factory<? extends F> factory) {
        F example = factory.get();
        if (example == factory.get()) {
            throw new IllegalArgumentException(
                    "the factory of step "
                            + step
                            + " returned one object twice: write "
                            + example.getClass().getSimpleName()
                            + "::new, each subtask needs its own");
        }
        Declarations declared = example.declaredStates().declarations();
        declared.states().forEach(state -> state.valueType().schema());
        declared.broadcast().forEach(state -> state.valueType().schema());
        return example;
    }

    /**
     * Checks that keys can expire, if the function says that they do.
     *
     * @throws IllegalArgumentException if nothing is kept that could
     * @throws IllegalStateException if they expire in event time and the stream has none
     */
    static void requireExpirable(
            String step, StatefulFunction<?, ?> function, StreamTraits traits) {
        Declarations declared = function.declaredStates().declarations();
        if (declared.timeToLive() == null) {
            return;
        }
        if (declared.timeToLive().domain() == TimeDomain.EVENT_TIME) {
            traits.requireTimed("expireAfter in event time, of step " + step + ",");
        }
        if (declared.states().isEmpty() && declared.timers().isEmpty()) {
            throw new IllegalArgumentException(
                    "step "
                            + step
                            + " has a time-to-live and nothing that could expire: declare a state,"
                            + " or leave out expireAfter");
        }
    }

    /** Returns the type that the class of a function gives to a type parameter, or null. */
    static Type<?> typeArgument(StatefulFunction<?, ?> function, int index) {
        return function.getClass().getGenericSuperclass() instanceof ParameterizedType parameterized
                        && parameterized.getActualTypeArguments()[index] instanceof Class<?> found
                ? Type.of(found)
                : null;
    }
}
