package io.headrace.flink;

import java.io.IOException;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Stores values as bytes with their length in front. Values are not copied unless a class says so:
 * nobody changes them.
 */
abstract class BytesSerializer<T> extends TypeSerializer<T> {
    private static final long serialVersionUID = 1L;

    /** Reads what {@link #write} wrote. */
    static byte[] read(DataInputView source) throws IOException {
        byte[] bytes = new byte[source.readInt()];
        source.readFully(bytes);
        return bytes;
    }

    /** Writes the length, then the bytes. */
    static void write(byte[] bytes, int length, DataOutputView target) throws IOException {
        target.writeInt(length);
        target.write(bytes, 0, length);
    }

    @Override
    public T deserialize(T reuse, DataInputView source) throws IOException {
        return deserialize(source);
    }

    @Override
    public boolean isImmutableType() {
        return true;
    }

    @Override
    public T copy(T from) {
        return from;
    }

    @Override
    public final T copy(T from, T reuse) {
        return copy(from);
    }

    @Override
    public final void copy(DataInputView source, DataOutputView target) throws IOException {
        int length = source.readInt();
        target.writeInt(length);
        target.write(source, length);
    }

    @Override
    public final T createInstance() {
        return null;
    }

    @Override
    public final int getLength() {
        return -1;
    }
}
