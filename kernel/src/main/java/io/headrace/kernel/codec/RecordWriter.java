package io.headrace.kernel.codec;

import io.headrace.type.BytesOut;
import java.lang.invoke.MethodHandle;
import java.util.List;

/**
 * Writes a record: a mask with one bit for each nullable component, set for null, then the
 * components that are not null. A record without components is one zero byte, so that a count of
 * records never exceeds the bytes that are left.
 */
final class RecordWriter implements Writer {
    private final Component[] components;
    private final int maskBytes;

    RecordWriter(List<Component> components, int nullableCount) {
        this.components = components.toArray(Component[]::new);
        this.maskBytes = maskBytes(components.size(), nullableCount);
    }

    static int maskBytes(int componentCount, int nullableCount) {
        return componentCount == 0 ? 1 : (nullableCount + 7) / 8;
    }

    @Override
    public void write(Object value, BytesOut out) {
        final int mask = out.size();
        for (int i = 0; i < maskBytes; i++) {
            out.writeByte(0);
        }
        int nullable = 0;
        try {
            for (Component component : components) {
                if (!component.write(value, out)) {
                    out.array()[mask + (nullable >> 3)] |= (byte) (1 << (nullable & 7));
                }
                nullable += component.nullable();
            }
        } catch (RuntimeException | Error failed) {
            throw failed;
        } catch (Throwable failed) {
            throw RecordAccess.thrownBy(failed);
        }
    }

    /** Writes one component. */
    interface Component {
        /** Returns false if the component is null; nothing is written then. */
        boolean write(Object owner, BytesOut out) throws Throwable;

        /** Returns 1 if the component can be null, else 0. */
        default int nullable() {
            return 0;
        }
    }

    /** A {@code long}, or a primitive that widens to it and is written like it. */
    record LongComponent(MethodHandle accessor) implements Component {
        @Override
        public boolean write(Object owner, BytesOut out) throws Throwable {
            out.writeVarLong((long) accessor.invokeExact(owner));
            return true;
        }
    }

    /** A {@code double}. */
    record DoubleComponent(MethodHandle accessor) implements Component {
        @Override
        public boolean write(Object owner, BytesOut out) throws Throwable {
            out.writeDouble((double) accessor.invokeExact(owner));
            return true;
        }
    }

    /** Another primitive, boxed on the way. */
    record PrimitiveComponent(MethodHandle accessor, Writer writer) implements Component {
        @Override
        public boolean write(Object owner, BytesOut out) throws Throwable {
            writer.write((Object) accessor.invokeExact(owner), out);
            return true;
        }
    }

    /** A reference. */
    record ReferenceComponent(MethodHandle accessor, Writer writer) implements Component {
        @Override
        public boolean write(Object owner, BytesOut out) throws Throwable {
            Object value = (Object) accessor.invokeExact(owner);
            if (value == null) {
                return false;
            }
            writer.write(value, out);
            return true;
        }

        @Override
        public int nullable() {
            return 1;
        }
    }
}
