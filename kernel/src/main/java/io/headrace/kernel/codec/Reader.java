package io.headrace.kernel.codec;

import io.headrace.type.BytesIn;

/** Reads values of one written schema as one type; stateless. */
@FunctionalInterface
interface Reader {
    /**
     * Reads a value.
     *
     * @throws io.headrace.type.DecodeException if the bytes are not of the schema
     */
    Object read(BytesIn in);
}
