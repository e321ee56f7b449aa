package io.headrace.kernel.codec;

import io.headrace.type.Codec;
import io.headrace.type.Schema;
import io.headrace.type.Type;

/**
 * Makes the codec that follows from a type.
 *
 * <p>Making one takes reflection and some time: keep it. Nothing here remembers a codec or a class,
 * so that the classes of a job can be unloaded with it. A codec is thread-safe. It neither writes
 * nor reads null at the top; a null component of a record is a bit of a mask.
 */
public final class Codecs {
    private Codecs() {}

    /**
     * Returns the codec that writes and reads a type in the form of its present schema.
     *
     * @throws io.headrace.type.UnknownTypeException if the type has no schema or its members cannot
     *     be reached
     */
    public static <T> Codec<T> of(Type<T> type) {
        Schema schema = type.schema();
        Reader reader = Readers.of(schema, type, pathOf(type));
        return new DerivedCodec<>(schema, Writers.of(type), reader);
    }

    /**
     * Returns a codec that reads what was written under another schema, matching by name: of a
     * component that was added, the default; a component that was removed is skipped; numbers may
     * widen, a value may become optional, an enum and a sealed type may gain cases.
     *
     * <p>Its {@code write} throws {@link UnsupportedOperationException}.
     *
     * @throws IncompatibleSchemaException if values would have to be guessed
     */
    public static <T> Codec<T> reading(Schema written, Type<T> now) {
        return new DerivedCodec<>(written, null, Readers.of(written, now, pathOf(now)));
    }

    /**
     * Like {@link #reading}, for keys: their schema is frozen, because their bytes decide which
     * keys are equal and where they live. Only an enum may gain constants, at its end.
     *
     * @throws IncompatibleSchemaException if the schema changed
     */
    public static <T> Codec<T> readingKey(Schema written, Type<T> now) {
        FrozenSchema.check(written, now.schema(), pathOf(now));
        return reading(written, now);
    }

    private static String pathOf(Type<?> type) {
        return type.parts().isEmpty() && type.reflected() instanceof Class<?> plain
                ? plain.getSimpleName()
                : type.toString();
    }
}
