package io.headrace.flink;

import io.headrace.type.BytesIn;
import io.headrace.type.BytesOut;
import io.headrace.type.Codec;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSchemaCompatibility;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * A key as Flink's state sees it. Its hash code is the stable hash, so that key group n is key
 * group n on every host. Keys are equal if their bytes are: Flink restores timers without knowing
 * what their keys are.
 */
final class StreamKey {
    private final int hash;
    private final byte[] bytes;

    private StreamKey(int hash, byte[] bytes) {
        this.hash = hash;
        this.bytes = bytes;
    }

    static StreamKey of(Object key, int hash, Codec<Object> codec, BytesOut buffer) {
        buffer.clear();
        codec.write(key, buffer);
        return new StreamKey(hash, buffer.toByteArray());
    }

    Object key(Codec<Object> codec) {
        return codec.read(new BytesIn(bytes), codec.version());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof StreamKey that
                && hash == that.hash
                && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return hash;
    }

    /** Writes the length of what follows, the hash, and the bytes; frozen. */
    static final class Serializer extends BytesSerializer<StreamKey> {
        private static final long serialVersionUID = 1L;

        private final String schemaText;

        Serializer(String schemaText) {
            this.schemaText = schemaText;
        }

        @Override
        public void serialize(StreamKey key, DataOutputView target) throws IOException {
            target.writeInt(Integer.BYTES + key.bytes.length);
            target.writeInt(key.hash);
            target.write(key.bytes);
        }

        @Override
        public StreamKey deserialize(DataInputView source) throws IOException {
            byte[] bytes = new byte[source.readInt() - Integer.BYTES];
            int hash = source.readInt();
            source.readFully(bytes);
            return new StreamKey(hash, bytes);
        }

        @Override
        public TypeSerializer<StreamKey> duplicate() {
            return this;
        }

        @Override
        public TypeSerializerSnapshot<StreamKey> snapshotConfiguration() {
            return new Snapshot(schemaText);
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Serializer that && schemaText.equals(that.schemaText);
        }

        @Override
        public int hashCode() {
            return schemaText.hashCode();
        }
    }

    /** The schema of the keys. The name of this class stands in savepoints and is frozen. */
    public static final class Snapshot implements TypeSerializerSnapshot<StreamKey> {
        private static final int VERSION = 1;

        private String schemaText;

        /** Creates a snapshot that is about to be read; called by Flink. */
        public Snapshot() {}

        private Snapshot(String schemaText) {
            this.schemaText = schemaText;
        }

        @Override
        public int getCurrentVersion() {
            return VERSION;
        }

        @Override
        public void writeSnapshot(DataOutputView out) throws IOException {
            byte[] text = schemaText.getBytes(StandardCharsets.UTF_8);
            BytesSerializer.write(text, text.length, out);
        }

        @Override
        public void readSnapshot(int version, DataInputView in, ClassLoader classes)
                throws IOException {
            StoredSnapshot.requireVersion(version);
            schemaText = new String(BytesSerializer.read(in), StandardCharsets.UTF_8);
        }

        @Override
        public TypeSerializer<StreamKey> restoreSerializer() {
            return new Serializer(schemaText);
        }

        /** Another schema would give a key other bytes, and it would not be found. */
        @Override
        public TypeSerializerSchemaCompatibility<StreamKey> resolveSchemaCompatibility(
                TypeSerializerSnapshot<StreamKey> written) {
            return schemaText.equals(((Snapshot) written).schemaText)
                    ? TypeSerializerSchemaCompatibility.compatibleAsIs()
                    : TypeSerializerSchemaCompatibility.incompatible();
        }
    }
}
