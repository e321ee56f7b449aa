package io.headrace.flink;

import io.headrace.type.BytesIn;
import io.headrace.type.BytesOut;
import io.headrace.type.Codec;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Stores state by our codecs: the length, then the bytes of the codec. */
final class StoredSerializer extends BytesSerializer<Object> {
    private static final long serialVersionUID = 1L;

    private final byte[] shipped;
    private transient Stored stored;
    private transient String schemaText;
    private transient Codec<Object> codec;
    private transient BytesOut buffer;
    private transient Map<String, Codec<Object>> readers;

    StoredSerializer(Stored stored) {
        this(Shipped.write(stored));
    }

    private StoredSerializer(byte[] shipped) {
        this.shipped = shipped;
    }

    private StoredSerializer open() {
        if (codec == null) {
            ClassLoader classes = Thread.currentThread().getContextClassLoader();
            stored = (Stored) Shipped.read(shipped, classes);
            schemaText = stored.schemaText();
            buffer = new BytesOut(64);
            readers = new HashMap<>();
            codec = stored.codec();
        }
        return this;
    }

    Stored stored() {
        return open().stored;
    }

    /** Returns a value that the state holds: what was restored is decoded. */
    Object decoded(Object held) {
        return held instanceof Encoded encoded ? open().read(encoded) : held;
    }

    private Object read(Encoded encoded) {
        Codec<Object> reader =
                readers.computeIfAbsent(encoded.schemaText(), text -> stored.reading(text));
        return reader.read(new BytesIn(encoded.bytes()), reader.version());
    }

    @Override
    public void serialize(Object value, DataOutputView target) throws IOException {
        open();
        if (value instanceof Encoded encoded && encoded.schemaText().equals(schemaText)) {
            write(encoded.bytes(), encoded.bytes().length, target);
            return;
        }
        buffer.clear();
        codec.write(decoded(value), buffer);
        write(buffer.array(), buffer.size(), target);
    }

    @Override
    public Object deserialize(DataInputView source) throws IOException {
        open();
        return codec.read(new BytesIn(read(source)), codec.version());
    }

    @Override
    public boolean isImmutableType() {
        return stored().kind() == Stored.Kind.VALUE;
    }

    /** Copies what is changed in place: a snapshot of the heap goes on while records come. */
    @Override
    public Object copy(Object from) {
        if (from == null || from instanceof Encoded || isImmutableType()) {
            return from;
        }
        BytesOut bytes = new BytesOut(64);
        codec.write(from, bytes);
        return codec.read(new BytesIn(bytes.array(), 0, bytes.size()), codec.version());
    }

    @Override
    public TypeSerializer<Object> duplicate() {
        return new StoredSerializer(shipped);
    }

    @Override
    public TypeSerializerSnapshot<Object> snapshotConfiguration() {
        return new StoredSnapshot(this);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof StoredSerializer that && Arrays.equals(shipped, that.shipped);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(shipped);
    }
}
