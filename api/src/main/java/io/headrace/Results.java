package io.headrace;

import io.headrace.function.Aggregator;
import io.headrace.type.Type;
import java.lang.reflect.ParameterizedType;
import java.util.Arrays;

/** Finds the type of an aggregator's result. */
final class Results {
    private Results() {}

    /** Returns the type that the aggregator names or that its class shows, or null. */
    static <R> Type<R> typeOf(Aggregator<?, ?, ?> aggregator) {
        if (aggregator.resultType() != null) {
            return Erased.type(aggregator.resultType());
        }
        return Arrays.stream(aggregator.getClass().getGenericInterfaces())
                .filter(ParameterizedType.class::isInstance)
                .map(ParameterizedType.class::cast)
                .filter(shown -> shown.getRawType() == Aggregator.class)
                .map(shown -> shown.getActualTypeArguments()[2])
                .filter(Class.class::isInstance)
                .map(Type::<R>ofReflected)
                .findFirst()
                .orElse(null);
    }
}
