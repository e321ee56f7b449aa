package io.headrace.type;

import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Derives the schema of a type by walking down its parts. Each failure names the path from the type
 * that was asked for to the part that has no schema.
 *
 * <p>The walk is recursive, and bounded: a type that contains itself is refused, and so is one that
 * is nested deeper than {@link #DEPTH_MAX}.
 */
final class SchemaDerivation {
    /** Deeper than what people write; stops a generic record that nests itself in new types. */
    static final int DEPTH_MAX = 64;

    private static final Map<Class<?>, Schema.Kind> KINDS =
            Map.ofEntries(
                    Map.entry(boolean.class, Schema.Kind.BOOLEAN),
                    Map.entry(Boolean.class, Schema.Kind.BOOLEAN),
                    Map.entry(byte.class, Schema.Kind.BYTE),
                    Map.entry(Byte.class, Schema.Kind.BYTE),
                    Map.entry(short.class, Schema.Kind.SHORT),
                    Map.entry(Short.class, Schema.Kind.SHORT),
                    Map.entry(char.class, Schema.Kind.CHAR),
                    Map.entry(Character.class, Schema.Kind.CHAR),
                    Map.entry(int.class, Schema.Kind.INT),
                    Map.entry(Integer.class, Schema.Kind.INT),
                    Map.entry(long.class, Schema.Kind.LONG),
                    Map.entry(Long.class, Schema.Kind.LONG),
                    Map.entry(float.class, Schema.Kind.FLOAT),
                    Map.entry(Float.class, Schema.Kind.FLOAT),
                    Map.entry(double.class, Schema.Kind.DOUBLE),
                    Map.entry(Double.class, Schema.Kind.DOUBLE),
                    Map.entry(String.class, Schema.Kind.STRING),
                    Map.entry(byte[].class, Schema.Kind.BYTES),
                    Map.entry(BigDecimal.class, Schema.Kind.DECIMAL),
                    Map.entry(BigInteger.class, Schema.Kind.INTEGER),
                    Map.entry(UUID.class, Schema.Kind.UUID),
                    Map.entry(Instant.class, Schema.Kind.INSTANT),
                    Map.entry(Duration.class, Schema.Kind.DURATION),
                    Map.entry(LocalDate.class, Schema.Kind.DATE),
                    Map.entry(LocalTime.class, Schema.Kind.TIME),
                    Map.entry(LocalDateTime.class, Schema.Kind.DATE_TIME),
                    Map.entry(OffsetDateTime.class, Schema.Kind.OFFSET_DATE_TIME),
                    Map.entry(ZonedDateTime.class, Schema.Kind.ZONED_DATE_TIME),
                    Map.entry(ZoneId.class, Schema.Kind.ZONE),
                    Map.entry(Year.class, Schema.Kind.YEAR),
                    Map.entry(YearMonth.class, Schema.Kind.YEAR_MONTH));

    private SchemaDerivation() {}

    static Schema derive(Type<?> type) {
        return derive(type, new Path(null, nameInPath(type), type, 0));
    }

    private static Schema derive(Type<?> type, Path path) {
        if (!type.parts().isEmpty() && type.reflected() != List.class) {
            return tuple(type, path);
        }
        Class<?> raw = rawAt(type, path);
        Optional<Codec<?>> codec = codecAt(type, path);
        if (codec.isPresent()) {
            return new Schema.Custom(codec.get().name(), codec.get().version());
        }
        Schema.Kind kind = KINDS.get(raw);
        if (kind != null) {
            return new Schema.Scalar(kind);
        }
        path.refuseRecursion(type);
        if (raw.isRecord()) {
            return struct(type, path);
        }
        if (raw.isEnum()) {
            return enumeration(raw);
        }
        if (raw.isInterface() && raw.isSealed()) {
            return union(type, path);
        }
        return collection(type, raw, path);
    }

    private static Schema collection(Type<?> type, Class<?> raw, Path path) {
        if (raw.isArray()) {
            return new Schema.Sequence(Schema.Shape.ARRAY, argument(type, 0, "[]", path));
        }
        if (raw == List.class) {
            return new Schema.Sequence(Schema.Shape.LIST, argument(type, 0, "[]", path));
        }
        if (raw == Set.class) {
            return new Schema.Sequence(Schema.Shape.SET, argument(type, 0, "[]", path));
        }
        if (raw == Map.class) {
            return new Schema.Mapping(
                    argument(type, 0, "{key}", path), argument(type, 1, "{value}", path));
        }
        if (raw == Optional.class) {
            return new Schema.Maybe(argument(type, 0, "?", path));
        }
        throw path.unknown(Remedies.of(raw));
    }

    private static Schema argument(Type<?> type, int index, String step, Path path) {
        List<Type<?>> arguments = TypeStructure.arguments(type);
        if (arguments.isEmpty()) {
            throw path.unknown("write its type arguments, as in List<String>");
        }
        Type<?> argument = arguments.get(index);
        return derive(argument, path.down(step, argument));
    }

    private static Schema tuple(Type<?> type, Path path) {
        List<Schema> parts = new ArrayList<>();
        for (Type<?> part : type.parts()) {
            parts.add(derive(part, path.down("[" + parts.size() + "]", part)));
        }
        return new Schema.Tuple(parts);
    }

    private static Schema.Struct struct(Type<?> type, Path path) {
        Class<?> raw = TypeStructure.raw(type);
        List<Schema.Field> fields = new ArrayList<>();
        for (RecordComponent component : raw.getRecordComponents()) {
            fields.add(field(type, component, path));
        }
        refuseAmbiguousNames(fields, path);
        return new Schema.Struct(nameOf(raw), fields);
    }

    private static Schema.Field field(Type<?> owner, RecordComponent component, Path path) {
        Type<?> type;
        try {
            type = TypeStructure.component(owner, component);
        } catch (UnknownTypeException unusable) {
            throw path.down("." + component.getName(), owner).because(unusable);
        }
        Was was = component.getAnnotation(Was.class);
        Default added = component.getAnnotation(Default.class);
        return new Schema.Field(
                component.getName(),
                derive(type, path.down("." + component.getName(), type)),
                !component.getType().isPrimitive(),
                was == null ? null : was.value(),
                added == null ? null : added.value());
    }

    private static void refuseAmbiguousNames(List<Schema.Field> fields, Path path) {
        Set<String> names = new HashSet<>();
        fields.forEach(field -> names.add(field.name()));
        for (Schema.Field field : fields) {
            if (field.formerName() != null && !names.add(field.formerName())) {
                throw path.unknown(
                        "@Was(\""
                                + field.formerName()
                                + "\") at "
                                + field.name()
                                + " names another component: give each a name of its own");
            }
        }
    }

    private static Schema enumeration(Class<?> raw) {
        return new Schema.Enumeration(
                nameOf(raw),
                Arrays.stream(raw.getEnumConstants())
                        .map(constant -> ((Enum<?>) constant).name())
                        .toList());
    }

    private static Schema union(Type<?> type, Path path) {
        List<Schema.Struct> cases = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (Type<?> one : TypeStructure.cases(type)) {
            Class<?> raw = TypeStructure.raw(one);
            Path below = path.down("(" + raw.getSimpleName() + ")", one);
            if (!raw.isRecord()) {
                throw below.unknown(
                        "make it a record, or give the sealed type a codec by @WithCodec");
            }
            if (!names.add(nameOf(raw))) {
                throw below.unknown("two cases have its name: give each its own by @Named");
            }
            below.refuseRecursion(one);
            cases.add(struct(one, below));
        }
        return new Schema.Union(nameOf(TypeStructure.raw(type)), cases);
    }

    private static Class<?> rawAt(Type<?> type, Path path) {
        try {
            return TypeStructure.raw(type);
        } catch (UnknownTypeException unknown) {
            throw path.because(unknown);
        }
    }

    private static Optional<Codec<?>> codecAt(Type<?> type, Path path) {
        try {
            return TypeStructure.codec(type);
        } catch (UnknownTypeException unusable) {
            throw path.because(unusable);
        }
    }

    private static String nameOf(Class<?> type) {
        Named named = type.getAnnotation(Named.class);
        return named == null ? type.getName() : named.value();
    }

    private static String nameInPath(Type<?> type) {
        return type.parts().isEmpty() && type.reflected() instanceof Class<?> plain
                ? plain.getSimpleName()
                : type.toString();
    }

    /** A way down from the type that was asked for; each step knows the one before. */
    private record Path(Path above, String text, Type<?> type, int depth) {
        Path down(String step, Type<?> below) {
            if (depth == DEPTH_MAX) {
                throw unknown(
                        "it is nested more than "
                                + DEPTH_MAX
                                + " deep: store it flat, or give one of the types a codec by"
                                + " @WithCodec");
            }
            return new Path(this, text + step, below, depth + 1);
        }

        void refuseRecursion(Type<?> found) {
            for (Path each = above; each != null; each = each.above) {
                if (each.type.equals(found)) {
                    throw unknown(
                            "it contains itself, so that its values have no bounded depth: store"
                                    + " it flat, or give it a codec by @WithCodec");
                }
            }
        }

        UnknownTypeException unknown(String fix) {
            return new UnknownTypeException(text + ": " + type, fix);
        }

        UnknownTypeException because(UnknownTypeException cause) {
            return new UnknownTypeException(text, cause.getMessage());
        }
    }
}
