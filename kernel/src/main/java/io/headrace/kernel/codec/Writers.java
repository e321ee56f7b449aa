package io.headrace.kernel.codec;

import io.headrace.type.BytesOut;
import io.headrace.type.Codec;
import io.headrace.type.Schema;
import io.headrace.type.Type;
import io.headrace.type.TypeStructure;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes the writer of a type. Recursive along the type, whose depth its schema bounds. */
final class Writers {
    private Writers() {}

    static Writer of(Type<?> type) {
        return of(type, type.schema());
    }

    private static Writer of(Type<?> type, Schema schema) {
        if (schema instanceof Schema.Scalar scalar) {
            return ScalarForm.of(scalar.kind()).writer();
        }
        if (schema instanceof Schema.Struct struct) {
            return record(type, struct);
        }
        if (schema instanceof Schema.Enumeration) {
            return (value, out) -> out.writeVarInt(((Enum<?>) value).ordinal());
        }
        if (schema instanceof Schema.Union union) {
            return union(type, union);
        }
        if (schema instanceof Schema.Sequence sequence) {
            return sequence(type, sequence);
        }
        if (schema instanceof Schema.Mapping mapping) {
            return map(argument(type, 0, mapping.key()), argument(type, 1, mapping.value()));
        }
        if (schema instanceof Schema.Maybe maybe) {
            return optional(argument(type, 0, maybe.value()));
        }
        if (schema instanceof Schema.Tuple tuple) {
            return tuple(type, tuple);
        }
        return custom(TypeStructure.codec(type).orElseThrow());
    }

    private static Writer argument(Type<?> type, int index, Schema schema) {
        return of(TypeStructure.arguments(type).get(index), schema);
    }

    private static Writer record(Type<?> type, Schema.Struct struct) {
        Class<?> raw = TypeStructure.raw(type);
        RecordAccess access = new RecordAccess(raw);
        List<RecordWriter.Component> components = new ArrayList<>();
        int nullableCount = 0;
        for (int i = 0; i < struct.fields().size(); i++) {
            RecordComponent component = raw.getRecordComponents()[i];
            Writer writer =
                    of(TypeStructure.component(type, component), struct.fields().get(i).schema());
            RecordWriter.Component one =
                    component(access, component, struct.fields().get(i).schema(), writer);
            components.add(one);
            nullableCount += one.nullable();
        }
        return new RecordWriter(components, nullableCount);
    }

    private static RecordWriter.Component component(
            RecordAccess access, RecordComponent component, Schema schema, Writer writer) {
        Class<?> type = component.getType();
        if (!type.isPrimitive()) {
            return new RecordWriter.ReferenceComponent(
                    access.accessor(component, Object.class), writer);
        }
        if (schema instanceof Schema.Scalar scalar) {
            switch (scalar.kind()) {
                case SHORT, CHAR, INT, LONG -> {
                    return new RecordWriter.LongComponent(access.accessor(component, long.class));
                }
                case DOUBLE -> {
                    return new RecordWriter.DoubleComponent(
                            access.accessor(component, double.class));
                }
                default -> {
                    // Boxed below: one byte or four, and rare.
                }
            }
        }
        return new RecordWriter.PrimitiveComponent(
                access.accessor(component, Object.class), writer);
    }

    private static Writer union(Type<?> type, Schema.Union union) {
        List<Type<?>> cases = TypeStructure.cases(type);
        Map<Class<?>, Integer> indexes = new HashMap<>();
        Writer[] writers = new Writer[cases.size()];
        for (int i = 0; i < writers.length; i++) {
            indexes.put(TypeStructure.raw(cases.get(i)), i);
            writers[i] = record(cases.get(i), union.cases().get(i));
        }
        return (value, out) -> {
            int index = indexes.get(value.getClass());
            out.writeVarInt(index);
            writers[index].write(value, out);
        };
    }

    private static Writer sequence(Type<?> type, Schema.Sequence sequence) {
        Writer element = argument(type, 0, sequence.element());
        if (sequence.shape() == Schema.Shape.ARRAY) {
            return ArrayForm.writer(TypeStructure.raw(type).getComponentType(), element);
        }
        return (value, out) -> {
            Collection<?> elements = (Collection<?>) value;
            out.writeVarInt(elements.size());
            for (Object each : elements) {
                element.write(present(each), out);
            }
        };
    }

    private static Writer map(Writer key, Writer mapped) {
        return (value, out) -> {
            Map<?, ?> map = (Map<?, ?>) value;
            out.writeVarInt(map.size());
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                key.write(present(entry.getKey()), out);
                mapped.write(present(entry.getValue()), out);
            }
        };
    }

    private static Writer optional(Writer content) {
        return (value, out) -> {
            Optional<?> optional = (Optional<?>) value;
            out.writeBoolean(optional.isPresent());
            if (optional.isPresent()) {
                content.write(optional.get(), out);
            }
        };
    }

    private static Writer tuple(Type<?> type, Schema.Tuple tuple) {
        Writer[] writers = new Writer[tuple.parts().size()];
        for (int i = 0; i < writers.length; i++) {
            writers[i] = of(type.parts().get(i), tuple.parts().get(i));
        }
        return (value, out) -> {
            Object[] parts = (Object[]) value;
            for (int i = 0; i < writers.length; i++) {
                writers[i].write(present(parts[i]), out);
            }
        };
    }

    /** Writes four bytes of length before the value, so that it can be skipped unread. */
    private static <T> Writer custom(Codec<T> codec) {
        return (value, out) -> {
            int start = out.size();
            out.writeInt(0);
            @SuppressWarnings("unchecked") // The type of the component is the codec's.
            T typed = (T) value;
            codec.write(typed, out);
            int length = out.size() - start - 4;
            byte[] bytes = out.array();
            bytes[start] = (byte) (length >>> 24);
            bytes[start + 1] = (byte) (length >>> 16);
            bytes[start + 2] = (byte) (length >>> 8);
            bytes[start + 3] = (byte) length;
        };
    }

    /** Checks that there is a value where no mask can say there is none. */
    static Object present(Object value) {
        if (value == null) {
            throw new NullPointerException(
                    "null cannot be stored in a list, set, array, map or tuple, nor as a whole"
                            + " value: use Optional, or leave it out");
        }
        return value;
    }

    /** Writes what a codec writes, for those who compare bytes. */
    static byte[] bytes(Writer writer, Object value) {
        BytesOut out = new BytesOut(32);
        writer.write(value, out);
        return out.toByteArray();
    }
}
