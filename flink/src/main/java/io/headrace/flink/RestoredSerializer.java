package io.headrace.flink;

import java.io.IOException;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Reads state that was written with some schema, without a look at it. */
final class RestoredSerializer extends BytesSerializer<Object> {
    private static final long serialVersionUID = 1L;

    private final Stored.Kind kind;
    private final String schemaText;

    RestoredSerializer(Stored.Kind kind, String schemaText) {
        this.kind = kind;
        this.schemaText = schemaText;
    }

    @Override
    public Object deserialize(DataInputView source) throws IOException {
        return new Encoded(schemaText, read(source));
    }

    @Override
    public void serialize(Object value, DataOutputView target) throws IOException {
        byte[] bytes = ((Encoded) value).bytes();
        write(bytes, bytes.length, target);
    }

    @Override
    public TypeSerializer<Object> duplicate() {
        return this;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RestoredSerializer that
                && kind == that.kind
                && schemaText.equals(that.schemaText);
    }

    @Override
    public int hashCode() {
        return schemaText.hashCode();
    }

    @Override
    public TypeSerializerSnapshot<Object> snapshotConfiguration() {
        throw new UnsupportedOperationException("reads only");
    }
}
