package io.headrace.kernel.codec;

import io.headrace.type.BytesIn;
import io.headrace.type.Codec;
import io.headrace.type.DecodeException;
import io.headrace.type.Schema;
import io.headrace.type.Type;
import io.headrace.type.TypeStructure;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntFunction;

/**
 * Makes the reader of a type from the schema that was written. Reading what the program itself
 * wrote is the case in which both schemas are equal, so there is one way to read.
 *
 * <p>Recursive along both schemas; the shallower one bounds it.
 */
final class Readers {
    private Readers() {}

    static Reader of(Schema written, Type<?> type, String path) {
        return of(new Step(written, type, type.schema(), path));
    }

    /** One place in both trees. */
    private record Step(Schema written, Type<?> type, Schema now, String path) {
        Step argument(int index, Schema writtenBelow, Schema nowBelow, String suffix) {
            Type<?> below = TypeStructure.arguments(type).get(index);
            return new Step(writtenBelow, below, nowBelow, path + suffix);
        }

        IncompatibleSchemaException incompatible(String remedy) {
            return new IncompatibleSchemaException(
                    path, SchemaText.summary(written), SchemaText.summary(now), remedy);
        }
    }

    private static Reader of(Step step) {
        if (step.now instanceof Schema.Maybe now && !(step.written instanceof Schema.Maybe)) {
            Reader content = of(step.argument(0, step.written, now.value(), ""));
            return in -> Optional.of(content.read(in));
        }
        if (step.written instanceof Schema.Scalar written
                && step.now instanceof Schema.Scalar now) {
            return scalar(written.kind(), now.kind(), step);
        }
        if (step.written instanceof Schema.Struct written
                && step.now instanceof Schema.Struct now) {
            return RecordReaders.of(written, now, step.type, step.path);
        }
        if (step.written instanceof Schema.Enumeration written
                && step.now instanceof Schema.Enumeration now) {
            return enumeration(written, now, step);
        }
        if (step.written instanceof Schema.Union written && step.now instanceof Schema.Union now) {
            return union(written, now, step);
        }
        if (step.written instanceof Schema.Custom written
                && step.now instanceof Schema.Custom now) {
            return custom(written, now, step);
        }
        return container(step);
    }

    private static Reader container(Step step) {
        if (step.written instanceof Schema.Maybe written && step.now instanceof Schema.Maybe now) {
            Reader content = of(step.argument(0, written.value(), now.value(), ""));
            return in -> in.readBoolean() ? Optional.of(content.read(in)) : Optional.empty();
        }
        if (step.written instanceof Schema.Sequence written
                && step.now instanceof Schema.Sequence now
                && written.shape() == now.shape()) {
            return sequence(
                    now.shape(),
                    step.type,
                    of(step.argument(0, written.element(), now.element(), "[]")));
        }
        if (step.written instanceof Schema.Mapping written
                && step.now instanceof Schema.Mapping now) {
            return map(
                    of(step.argument(0, written.key(), now.key(), "{key}")),
                    of(step.argument(1, written.value(), now.value(), "{value}")));
        }
        if (step.written instanceof Schema.Tuple written
                && step.now instanceof Schema.Tuple now
                && written.parts().size() == now.parts().size()) {
            return tuple(written, now, step);
        }
        throw step.incompatible(
                "give the new form another name and fill it from the old one, or start without"
                        + " this state");
    }

    private static Reader scalar(Schema.Kind written, Schema.Kind now, Step step) {
        Reader reader = ScalarForm.of(written).reader();
        if (written == now) {
            return reader;
        }
        if (written == Schema.Kind.FLOAT && now == Schema.Kind.DOUBLE) {
            return in -> (double) (float) reader.read(in);
        }
        Set<Schema.Kind> narrow =
                switch (now) {
                    case LONG -> EnumSet.of(Schema.Kind.INT, Schema.Kind.SHORT, Schema.Kind.BYTE);
                    case INT -> EnumSet.of(Schema.Kind.SHORT, Schema.Kind.BYTE);
                    case SHORT -> EnumSet.of(Schema.Kind.BYTE);
                    default -> EnumSet.noneOf(Schema.Kind.class);
                };
        if (!narrow.contains(written)) {
            throw step.incompatible(
                    "only byte, short, int and long widen, and float to double: keep the old"
                            + " class, or give the new component another name");
        }
        return switch (now) {
            case LONG -> in -> ((Number) reader.read(in)).longValue();
            case INT -> in -> ((Number) reader.read(in)).intValue();
            default -> in -> ((Number) reader.read(in)).shortValue();
        };
    }

    private static Reader enumeration(
            Schema.Enumeration written, Schema.Enumeration now, Step step) {
        requireName(written.name(), now.name(), step);
        Object[] constants = TypeStructure.raw(step.type).getEnumConstants();
        Object[] byIndex =
                written.constants().stream()
                        .map(name -> now.constants().indexOf(name))
                        .map(index -> index < 0 ? null : constants[index])
                        .toArray();
        return in -> {
            int index = Skips.index(in, byIndex.length);
            if (byIndex[index] == null) {
                throw new DecodeException(
                        removed("constant", written.constants().get(index), now.name()));
            }
            return byIndex[index];
        };
    }

    private static Reader union(Schema.Union written, Schema.Union now, Step step) {
        requireName(written.name(), now.name(), step);
        List<Type<?>> cases = TypeStructure.cases(step.type);
        List<String> names = now.cases().stream().map(Schema.Struct::name).toList();
        Reader[] readers = new Reader[written.cases().size()];
        for (int i = 0; i < readers.length; i++) {
            Schema.Struct one = written.cases().get(i);
            int index = names.indexOf(one.name());
            String path = step.path + "(" + one.name() + ")";
            readers[i] =
                    index < 0
                            ? in -> {
                                throw new DecodeException(removed("case", one.name(), now.name()));
                            }
                            : RecordReaders.of(one, now.cases().get(index), cases.get(index), path);
        }
        return in -> readers[Skips.index(in, readers.length)].read(in);
    }

    private static String removed(String what, String name, String owner) {
        return what
                + " "
                + name
                + " was stored and "
                + owner
                + " has it no more: put it back until no state has it";
    }

    private static Reader custom(Schema.Custom written, Schema.Custom now, Step step) {
        if (!written.name().equals(now.name()) || written.version() > now.version()) {
            throw step.incompatible(
                    "use a codec of the same name that reads version " + written.version());
        }
        Codec<?> codec = TypeStructure.codec(step.type).orElseThrow();
        return in -> readCustom(codec, written.version(), in.readSlice(in.readInt()));
    }

    private static Object readCustom(Codec<?> codec, int version, BytesIn slice) {
        Object value;
        try {
            value = codec.read(slice, version);
        } catch (DecodeException malformed) {
            throw malformed;
        } catch (RuntimeException failed) {
            throw new DecodeException("codec " + codec.name() + " failed: " + failed, failed);
        }
        if (value == null || slice.remaining() != 0) {
            throw new DecodeException(
                    "codec "
                            + codec.name()
                            + " read "
                            + (value == null ? "null" : "not all of its bytes"));
        }
        return value;
    }

    private static Reader sequence(Schema.Shape shape, Type<?> type, Reader element) {
        return switch (shape) {
            case LIST -> collection(ArrayList::new, element);
            case SET -> collection(LinkedHashSet::new, element);
            case ARRAY -> ArrayForm.reader(TypeStructure.raw(type).getComponentType(), element);
        };
    }

    /** Collections can be changed: an accumulator may be edited in place after a restore. */
    private static Reader collection(IntFunction<Collection<Object>> create, Reader element) {
        return in -> {
            int count = in.readCount();
            Collection<Object> elements = create.apply(count);
            for (int i = 0; i < count; i++) {
                elements.add(element.read(in));
            }
            return elements;
        };
    }

    private static Reader map(Reader key, Reader value) {
        return in -> {
            int count = in.readCount();
            Map<Object, Object> map = new LinkedHashMap<>();
            for (int i = 0; i < count; i++) {
                Object mapKey = key.read(in);
                map.put(mapKey, value.read(in));
            }
            return map;
        };
    }

    private static Reader tuple(Schema.Tuple written, Schema.Tuple now, Step step) {
        Reader[] readers = new Reader[now.parts().size()];
        for (int i = 0; i < readers.length; i++) {
            readers[i] =
                    of(
                            new Step(
                                    written.parts().get(i),
                                    step.type.parts().get(i),
                                    now.parts().get(i),
                                    step.path + "[" + i + "]"));
        }
        return in -> {
            Object[] parts = new Object[readers.length];
            for (int i = 0; i < parts.length; i++) {
                parts[i] = readers[i].read(in);
            }
            return parts;
        };
    }

    private static void requireName(String written, String now, Step step) {
        if (!Objects.equals(written, now)) {
            throw step.incompatible("if it is the same, add @Named(\"" + written + "\") to " + now);
        }
    }
}
