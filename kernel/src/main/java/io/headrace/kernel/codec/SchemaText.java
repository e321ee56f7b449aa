package io.headrace.kernel.codec;

import io.headrace.type.Schema;

/**
 * The canonical text of a schema: equal schemas have equal texts. Frozen; stands in checkpoints.
 */
public final class SchemaText {
    private SchemaText() {}

    /** Returns the text. */
    public static String write(Schema schema) {
        throw new UnsupportedOperationException(schema.toString());
    }

    /**
     * Reads a text. Total: bounded in depth and allocation.
     *
     * @throws io.headrace.type.DecodeException if it is not the text of a schema
     */
    public static Schema parse(String text) {
        throw new UnsupportedOperationException(text);
    }
}
