package io.headrace.formats;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Constructor;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;
import org.junit.jupiter.api.Test;

/** The record of a jar that is loaded behind the engine, as {@code headrace run} does it. */
class RecordOfAnotherModuleTest {
    /** Loaded twice: by the loader of the tests, and by one of its own. */
    public record Reading(int sensor, double value, String unit) {}

    @Test
    void isReadThroughMethodHandles() throws Exception {
        URL classes = Reading.class.getProtectionDomain().getCodeSource().getLocation();
        try (URLClassLoader loader = new URLClassLoader(new URL[] {classes}, null)) {
            Class<?> type = loader.loadClass(Reading.class.getName());
            Constructor<?> constructor = type.getConstructor(int.class, double.class, String.class);
            Object reading = constructor.newInstance(7, 2.5, "°C");

            RecordShape<?> shape = RecordShape.of(type);

            assertThat(type).isNotEqualTo(Reading.class);
            assertThat(longAccessor(shape).applyAsLong(reading)).isEqualTo(7);
            assertThat(doubleAccessor(shape).applyAsDouble(reading)).isEqualTo(2.5);
            assertThat(shape.accessor(shape.components().get(2)).apply(reading)).isEqualTo("°C");
        }
    }

    @SuppressWarnings("unchecked") // The accessor takes any object and checks it itself.
    private static ToLongFunction<Object> longAccessor(RecordShape<?> shape) {
        return shape.accessor(
                shape.components().get(0), ToLongFunction.class, "applyAsLong", long.class);
    }

    @SuppressWarnings("unchecked") // The accessor takes any object and checks it itself.
    private static ToDoubleFunction<Object> doubleAccessor(RecordShape<?> shape) {
        return shape.accessor(
                shape.components().get(1), ToDoubleFunction.class, "applyAsDouble", double.class);
    }
}
