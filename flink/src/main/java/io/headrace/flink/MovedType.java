package io.headrace.flink;

import io.headrace.type.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.flink.api.common.serialization.SerializerConfig;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;

/** The records that come into a chain, on all its inputs. */
final class MovedType extends TypeInformation<Moved> {
    private static final long serialVersionUID = 1L;

    private final byte[] shipped;
    private final int inputs;

    /**
     * The records of one input.
     *
     * @param value what moves
     * @param key its key, or null if it comes without
     */
    record Form(Type<?> value, Type<?> key) {}

    MovedType(List<Form> forms) {
        this.shipped = Shipped.write(new ArrayList<>(forms));
        this.inputs = forms.size();
    }

    @Override
    public TypeSerializer<Moved> createSerializer(SerializerConfig config) {
        return new MovedSerializer(shipped);
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
    public Class<Moved> getTypeClass() {
        return Moved.class;
    }

    @Override
    public boolean isKeyType() {
        return false;
    }

    @Override
    public String toString() {
        return "records of " + inputs + " inputs";
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof MovedType that && java.util.Arrays.equals(shipped, that.shipped);
    }

    @Override
    public int hashCode() {
        return Objects.hash(inputs, java.util.Arrays.hashCode(shipped));
    }

    @Override
    public boolean canEqual(Object other) {
        return other instanceof MovedType;
    }
}
