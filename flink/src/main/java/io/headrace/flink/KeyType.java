package io.headrace.flink;

import io.headrace.kernel.codec.SchemaText;
import io.headrace.type.Type;
import org.apache.flink.api.common.serialization.SerializerConfig;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;

/** The keys of the state of a step. */
final class KeyType extends TypeInformation<StreamKey> {
    private static final long serialVersionUID = 1L;

    private final StreamKey.Serializer serializer;

    KeyType(Type<?> type) {
        this.serializer = new StreamKey.Serializer(SchemaText.write(type.schema()));
    }

    @Override
    public TypeSerializer<StreamKey> createSerializer(SerializerConfig config) {
        return serializer;
    }

    @Override
    public boolean isKeyType() {
        return true;
    }

    @Override
    public boolean isBasicType() {
        return false;
    }

    @Override
    public boolean isTupleType() {
        return false;
    }

    @Override
    public int getArity() {
        return 1;
    }

    @Override
    public int getTotalFields() {
        return 1;
    }

    @Override
    public Class<StreamKey> getTypeClass() {
        return StreamKey.class;
    }

    @Override
    public String toString() {
        return "keys";
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof KeyType that && serializer.equals(that.serializer);
    }

    @Override
    public int hashCode() {
        return serializer.hashCode();
    }

    @Override
    public boolean canEqual(Object other) {
        return other instanceof KeyType;
    }
}
