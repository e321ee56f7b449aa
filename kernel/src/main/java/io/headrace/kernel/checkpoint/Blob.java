package io.headrace.kernel.checkpoint;

import java.util.Arrays;

/**
 * Bytes that somebody else understands, with equality by content.
 *
 * @param bytes not copied; must not change
 */
public record Blob(byte[] bytes) {
    @Override
    public boolean equals(Object other) {
        return other instanceof Blob that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return bytes.length + " bytes";
    }
}
