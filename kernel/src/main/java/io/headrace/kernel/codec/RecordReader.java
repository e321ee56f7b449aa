package io.headrace.kernel.codec;

import io.headrace.type.BytesIn;
import io.headrace.type.DecodeException;
import java.lang.invoke.MethodHandle;
import java.util.List;
import java.util.function.Supplier;

/**
 * Reads what {@link RecordWriter} wrote: what was written in the order it was written, to the
 * components that the record has now.
 */
final class RecordReader implements Reader {
    private final Written[] written;
    private final int maskBytes;
    private final Absent[] absent;
    private final int componentCount;
    private final MethodHandle constructor;

    /**
     * Creates the reader.
     *
     * @param absent the components that were not written
     * @param constructor null to read and forget
     */
    RecordReader(List<Written> written, List<Absent> absent, MethodHandle constructor) {
        this.written = written.toArray(Written[]::new);
        int nullableCount = (int) written.stream().filter(Written::nullable).count();
        this.maskBytes = RecordWriter.maskBytes(written.size(), nullableCount);
        this.absent = absent.toArray(Absent[]::new);
        this.componentCount =
                absent.size() + (int) written.stream().filter(field -> field.target >= 0).count();
        this.constructor = constructor;
    }

    /**
     * A field as it was written.
     *
     * @param target the component it becomes, -1 for none
     * @param whenNull what the component becomes if the field is null
     */
    record Written(Reader reader, boolean nullable, int target, Object whenNull) {}

    /** A component that was not written; each value gets an object of its own. */
    record Absent(int target, Supplier<Object> value) {}

    @Override
    public Object read(BytesIn in) {
        byte[] mask = new byte[maskBytes];
        for (int i = 0; i < maskBytes; i++) {
            mask[i] = in.readByte();
        }
        Object[] values = new Object[componentCount];
        int nullable = 0;
        for (Written field : written) {
            boolean isNull = field.nullable && (mask[nullable >> 3] >> (nullable & 7) & 1) != 0;
            nullable += field.nullable ? 1 : 0;
            Object value = isNull ? field.whenNull : field.reader.read(in);
            if (field.target >= 0) {
                values[field.target] = value;
            }
        }
        for (Absent component : absent) {
            values[component.target] = component.value.get();
        }
        refuseSpareBits(mask, nullable);
        return constructor == null ? null : RecordAccess.construct(constructor, values);
    }

    private static void refuseSpareBits(byte[] mask, int nullable) {
        int spare = mask.length * 8 - nullable;
        if (spare > 0 && (mask[mask.length - 1] & 0xFF) >>> (8 - spare) != 0) {
            throw new DecodeException("a mask of " + nullable + " bits has more bits set");
        }
    }
}
