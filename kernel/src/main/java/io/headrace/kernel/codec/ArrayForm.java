package io.headrace.kernel.codec;

import io.headrace.type.BytesIn;
import java.lang.reflect.Array;

/** Arrays: a count, then the elements. The ones that sketches are made of are not boxed. */
final class ArrayForm {
    private ArrayForm() {}

    static Writer writer(Class<?> component, Writer element) {
        if (component == long.class) {
            return (value, out) -> {
                long[] longs = (long[]) value;
                out.writeVarInt(longs.length);
                for (long each : longs) {
                    out.writeVarLong(each);
                }
            };
        }
        if (component == int.class) {
            return (value, out) -> {
                int[] ints = (int[]) value;
                out.writeVarInt(ints.length);
                for (int each : ints) {
                    out.writeVarLong(each);
                }
            };
        }
        if (component == double.class) {
            return (value, out) -> {
                double[] doubles = (double[]) value;
                out.writeVarInt(doubles.length);
                for (double each : doubles) {
                    out.writeDouble(each);
                }
            };
        }
        return (value, out) -> {
            int length = Array.getLength(value);
            out.writeVarInt(length);
            for (int i = 0; i < length; i++) {
                element.write(Writers.present(Array.get(value, i)), out);
            }
        };
    }

    static Reader reader(Class<?> component, Reader element) {
        return in -> {
            int count = in.readCount();
            Object array = Array.newInstance(component, count);
            if (array instanceof Object[] objects) {
                readObjects(objects, element, in);
            } else {
                for (int i = 0; i < count; i++) {
                    Array.set(array, i, element.read(in));
                }
            }
            return array;
        };
    }

    private static void readObjects(Object[] objects, Reader element, BytesIn in) {
        for (int i = 0; i < objects.length; i++) {
            objects[i] = element.read(in);
        }
    }
}
