package io.headrace.kernel.codec;

import io.headrace.type.Schema;
import io.headrace.type.Type;
import io.headrace.type.TypeStructure;
import java.lang.reflect.Array;
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
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Currency;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.UUID;

/** Makes values of any type that has a schema; the same ones for the same seed. */
final class RandomValues {
    private static final List<String> ZONES = List.of("Europe/Zurich", "Asia/Kolkata", "+02:00");

    private final SplittableRandom random;

    RandomValues(long seed) {
        this.random = new SplittableRandom(seed);
    }

    Object of(Type<?> type) {
        return of(type, type.schema());
    }

    private Object of(Type<?> type, Schema schema) {
        if (schema instanceof Schema.Scalar scalar) {
            return scalar(scalar.kind());
        }
        if (schema instanceof Schema.Struct struct) {
            return record(type, struct);
        }
        if (schema instanceof Schema.Union union) {
            int index = random.nextInt(union.cases().size());
            return record(TypeStructure.cases(type).get(index), union.cases().get(index));
        }
        if (schema instanceof Schema.Enumeration) {
            Object[] constants = TypeStructure.raw(type).getEnumConstants();
            return constants[random.nextInt(constants.length)];
        }
        if (schema instanceof Schema.Custom) {
            return Currency.getInstance(random.nextBoolean() ? "EUR" : "JPY");
        }
        return container(type, schema);
    }

    private Object container(Type<?> type, Schema schema) {
        if (schema instanceof Schema.Tuple tuple) {
            Object[] parts = new Object[tuple.parts().size()];
            for (int i = 0; i < parts.length; i++) {
                parts[i] = of(type.parts().get(i), tuple.parts().get(i));
            }
            return parts;
        }
        if (schema instanceof Schema.Maybe maybe) {
            return random.nextBoolean()
                    ? Optional.of(argument(type, 0, maybe.value()))
                    : Optional.empty();
        }
        int count = random.nextInt(5);
        if (schema instanceof Schema.Mapping mapping) {
            Map<Object, Object> map = new LinkedHashMap<>();
            for (int i = 0; i < count; i++) {
                map.put(argument(type, 0, mapping.key()), argument(type, 1, mapping.value()));
            }
            return map;
        }
        Schema.Sequence sequence = (Schema.Sequence) schema;
        List<Object> elements = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            elements.add(argument(type, 0, sequence.element()));
        }
        return switch (sequence.shape()) {
            case LIST -> elements;
            case SET -> new LinkedHashSet<>(elements);
            case ARRAY -> array(TypeStructure.raw(type).getComponentType(), elements);
        };
    }

    private Object argument(Type<?> type, int index, Schema schema) {
        return of(TypeStructure.arguments(type).get(index), schema);
    }

    private static Object array(Class<?> component, List<Object> elements) {
        Object array = Array.newInstance(component, elements.size());
        for (int i = 0; i < elements.size(); i++) {
            Array.set(array, i, elements.get(i));
        }
        return array;
    }

    private Object record(Type<?> type, Schema.Struct struct) {
        Class<?> raw = TypeStructure.raw(type);
        RecordComponent[] components = raw.getRecordComponents();
        Object[] values = new Object[components.length];
        for (int i = 0; i < values.length; i++) {
            Schema.Field field = struct.fields().get(i);
            boolean isNull = field.nullable() && random.nextInt(4) == 0;
            values[i] =
                    isNull
                            ? null
                            : of(TypeStructure.component(type, components[i]), field.schema());
        }
        return RecordAccess.construct(new RecordAccess(raw).constructor(), values);
    }

    private Object scalar(Schema.Kind kind) {
        long number = random.nextLong() >> random.nextInt(64);
        return switch (kind) {
            case BOOLEAN -> random.nextBoolean();
            case BYTE -> (byte) number;
            case SHORT -> (short) number;
            case CHAR -> (char) number;
            case INT -> (int) number;
            case LONG -> number;
            case FLOAT -> (float) random.nextDouble();
            case DOUBLE -> random.nextInt(9) == 0 ? Double.NaN : random.nextDouble() - 0.5;
            case STRING -> text();
            case BYTES -> text().getBytes(java.nio.charset.StandardCharsets.UTF_8);
            case DECIMAL -> new BigDecimal(BigInteger.valueOf(number), random.nextInt(-9, 9));
            case INTEGER -> BigInteger.valueOf(number).pow(3);
            case UUID -> new UUID(random.nextLong(), number);
            default -> time(kind);
        };
    }

    private Object time(Schema.Kind kind) {
        Instant instant = Instant.ofEpochSecond(random.nextLong(1L << 33), random.nextInt(1 << 29));
        ZoneId zone = ZoneId.of(ZONES.get(random.nextInt(ZONES.size())));
        LocalDateTime local = LocalDateTime.ofInstant(instant, ZoneOffset.UTC);
        return switch (kind) {
            case INSTANT -> instant;
            case DURATION -> Duration.ofSeconds(random.nextInt(), random.nextInt(999));
            case DATE -> LocalDate.from(local);
            case TIME -> LocalTime.from(local);
            case DATE_TIME -> local;
            case OFFSET_DATE_TIME -> OffsetDateTime.ofInstant(instant, zone);
            case ZONED_DATE_TIME -> ZonedDateTime.ofInstant(instant, zone);
            case ZONE -> zone;
            case YEAR -> Year.from(local);
            case YEAR_MONTH -> YearMonth.from(local);
            default -> throw new AssertionError("no values for " + kind);
        };
    }

    private String text() {
        StringBuilder text = new StringBuilder();
        int length = random.nextInt(12);
        for (int i = 0; i < length; i++) {
            text.appendCodePoint("aZ0 é水🂡\"\\\n".codePointAt(random.nextInt(7)));
        }
        return text.toString();
    }
}
