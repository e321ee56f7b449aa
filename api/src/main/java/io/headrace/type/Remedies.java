package io.headrace.type;

import java.util.Calendar;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

/** Says what to write instead of a class that has no schema. */
final class Remedies {
    private Remedies() {}

    static String of(Class<?> unknown) {
        if (unknown == Object.class) {
            return "name the class of the values, a sealed interface if there are several";
        }
        if (Map.class.isAssignableFrom(unknown)) {
            return "declare it as Map<K, V>";
        }
        if (Set.class.isAssignableFrom(unknown)) {
            return "declare it as Set<E>";
        }
        if (List.class.isAssignableFrom(unknown) || Collection.class.isAssignableFrom(unknown)) {
            return "declare it as List<E> or Set<E>";
        }
        if (unknown == OptionalInt.class
                || unknown == OptionalLong.class
                || unknown == OptionalDouble.class) {
            return "declare it as Optional of the boxed number, as in Optional<Long>";
        }
        if (Date.class.isAssignableFrom(unknown) || Calendar.class.isAssignableFrom(unknown)) {
            return "declare it as a class of java.time, as in Instant";
        }
        String codec = "give it a codec: @WithCodec(" + unknown.getSimpleName() + "Codec.class)";
        return unknown.isInterface()
                ? "seal it and make its cases records, or " + codec
                : "make it a record, or "
                        + codec
                        + " at the class or the component, or Type.of("
                        + unknown.getSimpleName()
                        + ".class, codec)";
    }
}
