package io.headrace.kernel.codec;

import io.headrace.type.BytesIn;
import io.headrace.type.BytesOut;
import io.headrace.type.Codec;
import io.headrace.type.Schema;
import java.util.Objects;

/**
 * A codec that follows from a schema; its name is the text of the schema.
 *
 * @param writer null if the codec only reads
 */
record DerivedCodec<T>(Schema schema, Writer writer, Reader reader) implements Codec<T> {
    /** The version of all forms in this package. */
    static final int VERSION = 1;

    @Override
    public String name() {
        return SchemaText.write(schema);
    }

    @Override
    public int version() {
        return VERSION;
    }

    @Override
    public void write(T value, BytesOut out) {
        if (writer == null) {
            throw new UnsupportedOperationException(
                    "this codec reads an older form: write by Codecs.of");
        }
        writer.write(Objects.requireNonNull(value, "a null value is never stored"), out);
    }

    @Override
    @SuppressWarnings("unchecked") // The reader was made for the type.
    public T read(BytesIn in, int writtenVersion) {
        return (T) reader.read(in);
    }
}
