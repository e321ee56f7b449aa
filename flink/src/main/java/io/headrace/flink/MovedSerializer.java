package io.headrace.flink;

import io.headrace.kernel.codec.Codecs;
import io.headrace.type.BytesIn;
import io.headrace.type.BytesOut;
import io.headrace.type.Codec;
import io.headrace.type.Type;
import java.io.IOException;
import java.util.List;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Writes records between two processes: length, input, value, key and its hash. They are immutable
 * from when they were emitted, so that copies are the records themselves.
 */
final class MovedSerializer extends BytesSerializer<Moved> {
    private static final long serialVersionUID = 1L;

    private final byte[] shipped;
    private transient Codec<Object>[] values;
    private transient Codec<Object>[] keys;
    private transient BytesOut buffer;

    MovedSerializer(byte[] shipped) {
        this.shipped = shipped;
    }

    @SuppressWarnings({"unchecked", "rawtypes"}) // Java has no generic arrays.
    private void open() {
        List<MovedType.Form> forms =
                (List<MovedType.Form>)
                        Shipped.read(shipped, Thread.currentThread().getContextClassLoader());
        values = new Codec[forms.size()];
        keys = new Codec[forms.size()];
        for (int i = 0; i < values.length; i++) {
            MovedType.Form form = forms.get(i);
            values[i] = Codecs.of((Type<Object>) form.value());
            keys[i] = form.key() == null ? null : Codecs.of((Type<Object>) form.key());
        }
        buffer = new BytesOut(256);
    }

    @Override
    public void serialize(Moved moved, DataOutputView target) throws IOException {
        if (values == null) {
            open();
        }
        buffer.clear();
        buffer.writeVarInt(moved.input());
        values[moved.input()].write(moved.value(), buffer);
        if (keys[moved.input()] != null) {
            keys[moved.input()].write(moved.key(), buffer);
            buffer.writeInt(moved.hash());
        }
        write(buffer.array(), buffer.size(), target);
    }

    @Override
    public Moved deserialize(DataInputView source) throws IOException {
        if (values == null) {
            open();
        }
        BytesIn in = new BytesIn(read(source));
        int input = in.readVarInt();
        Object value = values[input].read(in, values[input].version());
        return keys[input] == null
                ? new Moved(input, value)
                : new Moved(
                        input, value, keys[input].read(in, keys[input].version()), in.readInt());
    }

    @Override
    public TypeSerializer<Moved> duplicate() {
        return new MovedSerializer(shipped);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof MovedSerializer that
                && java.util.Arrays.equals(shipped, that.shipped);
    }

    @Override
    public int hashCode() {
        return java.util.Arrays.hashCode(shipped);
    }

    @Override
    public TypeSerializerSnapshot<Moved> snapshotConfiguration() {
        throw new UnsupportedOperationException(
                "records on their way are never part of a checkpoint: use aligned checkpoints");
    }
}
