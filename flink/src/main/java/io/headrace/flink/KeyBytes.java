package io.headrace.flink;

import java.io.IOException;
import java.util.Arrays;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** The key of an entry of a map, as it is stored: equal keys have equal bytes. */
final class KeyBytes {
    final byte[] bytes;

    KeyBytes(byte[] bytes) {
        this.bytes = bytes;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof KeyBytes that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /** Writes length and bytes; frozen. */
    static final class Serializer extends BytesSerializer<KeyBytes> {
        private static final long serialVersionUID = 1L;

        static final Serializer INSTANCE = new Serializer();

        private Serializer() {}

        @Override
        public void serialize(KeyBytes value, DataOutputView target) throws IOException {
            write(value.bytes, value.bytes.length, target);
        }

        @Override
        public KeyBytes deserialize(DataInputView source) throws IOException {
            return new KeyBytes(read(source));
        }

        @Override
        public TypeSerializer<KeyBytes> duplicate() {
            return this;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Serializer;
        }

        @Override
        public int hashCode() {
            return Serializer.class.hashCode();
        }

        @Override
        public TypeSerializerSnapshot<KeyBytes> snapshotConfiguration() {
            return new Snapshot();
        }

        /** Its name stands in savepoints and is frozen. */
        public static final class Snapshot extends SimpleTypeSerializerSnapshot<KeyBytes> {
            /** Creates the snapshot; called by Flink. */
            public Snapshot() {
                super(() -> INSTANCE);
            }
        }
    }
}
