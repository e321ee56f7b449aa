package io.headrace.formats;

import io.headrace.type.BytesOut;
import java.io.OutputStream;
import tools.jackson.core.JsonEncoding;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;

/**
 * Encodes JSON lines by one generator for the whole stream.
 *
 * @param <T> the records
 */
final class JsonEncoder<T> implements Encoder<T> {
    private final JsonWriter writer;
    private final Bytes bytes = new Bytes();
    private final JsonGenerator generator =
            JsonLibrary.FACTORY.createGenerator(
                    ObjectWriteContext.empty(), bytes, JsonEncoding.UTF8);

    JsonEncoder(Class<T> recordClass) {
        this.writer = new JsonWriters().ofRecord(recordClass);
    }

    @Override
    public void preamble(BytesOut out) {}

    @Override
    public void encode(T value, BytesOut out) {
        bytes.out = out;
        writer.write(value, generator);
        generator.writeRaw('\n');
        generator.flush();
        bytes.out = null;
    }

    /** Where the generator flushes to. */
    private static final class Bytes extends OutputStream {
        private BytesOut out;

        @Override
        public void write(int b) {
            out.writeByte(b);
        }

        @Override
        public void write(byte[] source, int offset, int length) {
            out.write(source, offset, length);
        }
    }
}
