package io.headrace.kernel.codec;

import io.headrace.type.BytesOut;

/** Writes values of one type; stateless. */
@FunctionalInterface
interface Writer {
    /**
     * Writes a value.
     *
     * @param value not null, of the right class
     */
    void write(Object value, BytesOut out);
}
