package io.headrace.flink;

import java.util.Arrays;

/**
 * State as it was read from a savepoint, before anybody asked for it: what wrote it may have been
 * another version of the pipeline. Its bytes are not changed.
 *
 * @param schemaText the schema that it was written with
 * @param bytes what was written
 */
record Encoded(String schemaText, byte[] bytes) {
    @Override
    public boolean equals(Object other) {
        return other instanceof Encoded that
                && schemaText.equals(that.schemaText)
                && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }
}
