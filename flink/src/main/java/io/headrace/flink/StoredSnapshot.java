package io.headrace.flink;

import io.headrace.kernel.codec.IncompatibleSchemaException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSchemaCompatibility;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * What a savepoint of Flink says of state: its kind, and the schema of its values, which is all
 * that is needed to read it. The name of this class stands in savepoints and is frozen.
 */
public final class StoredSnapshot implements TypeSerializerSnapshot<Object> {
    private static final int VERSION = 1;

    private StoredSerializer current;
    private Stored.Kind kind;
    private String schemaText;

    /** Creates a snapshot that is about to be read; called by Flink. */
    public StoredSnapshot() {}

    StoredSnapshot(StoredSerializer current) {
        this.current = current;
        this.kind = current.stored().kind();
        this.schemaText = current.stored().schemaText();
    }

    @Override
    public int getCurrentVersion() {
        return VERSION;
    }

    @Override
    public void writeSnapshot(DataOutputView out) throws IOException {
        byte[] text = schemaText.getBytes(StandardCharsets.UTF_8);
        out.writeUTF(kind.name());
        BytesSerializer.write(text, text.length, out);
    }

    @Override
    public void readSnapshot(int version, DataInputView in, ClassLoader classes)
            throws IOException {
        requireVersion(version);
        kind = Stored.Kind.valueOf(in.readUTF());
        schemaText = new String(BytesSerializer.read(in), StandardCharsets.UTF_8);
    }

    /** Refuses what a later release has written. */
    static void requireVersion(int version) throws IOException {
        if (version != VERSION) {
            throw new IOException(
                    "state is stored in version " + version + ", known is " + VERSION);
        }
    }

    @Override
    public TypeSerializer<Object> restoreSerializer() {
        return current == null ? new RestoredSerializer(kind, schemaText) : current;
    }

    @Override
    public TypeSerializerSchemaCompatibility<Object> resolveSchemaCompatibility(
            TypeSerializerSnapshot<Object> written) {
        StoredSnapshot before = (StoredSnapshot) written;
        if (kind != before.kind) {
            return TypeSerializerSchemaCompatibility.incompatible();
        }
        if (schemaText.equals(before.schemaText)) {
            return TypeSerializerSchemaCompatibility.compatibleAsIs();
        }
        try {
            current.stored().reading(before.schemaText);
            return TypeSerializerSchemaCompatibility.compatibleAfterMigration();
        } catch (IncompatibleSchemaException changed) {
            return TypeSerializerSchemaCompatibility.incompatible();
        }
    }
}
