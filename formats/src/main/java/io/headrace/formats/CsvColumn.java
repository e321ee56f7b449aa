package io.headrace.formats;

import io.headrace.type.UnknownTypeException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How one component of a record stands in a field. */
final class CsvColumn {
    private final String name;
    private final TextReader reader;
    private final boolean primitive;
    private final boolean optional;
    private final boolean emptyIsText;

    private CsvColumn(RecordComponent component, Class<?> valueClass, TextReader reader) {
        this.name = component.getName();
        this.reader = reader;
        this.primitive = component.getType().isPrimitive();
        this.optional = component.getType() == Optional.class;
        this.emptyIsText = valueClass == String.class;
    }

    /** Returns the columns of all components, in their order. */
    static List<CsvColumn> ofAll(RecordShape<?> shape, CsvOptions options) {
        List<CsvColumn> columns = new ArrayList<>();
        for (RecordComponent component : shape.components()) {
            Class<?> valueClass = valueClass(component);
            TextReader reader =
                    valueClass == Instant.class && options.timesInUtc()
                            ? TimeText::readInstantOrUtc
                            : TextReaders.of(valueClass).orElseThrow(() -> unknown(component));
            columns.add(new CsvColumn(component, valueClass, reader));
        }
        return columns;
    }

    private static Class<?> valueClass(RecordComponent component) {
        Type type = component.getGenericType();
        if (type instanceof ParameterizedType parameterized
                && parameterized.getRawType() == Optional.class) {
            type = parameterized.getActualTypeArguments()[0];
        }
        if (type instanceof Class<?> valueClass) {
            return valueClass;
        }
        throw unknown(component);
    }

    private static UnknownTypeException unknown(RecordComponent component) {
        return new UnknownTypeException(
                component.getDeclaringRecord().getSimpleName()
                        + "."
                        + component.getName()
                        + ": "
                        + component.getGenericType().getTypeName(),
                "cannot stand in one CSV field: use a scalar, an enum or an Optional of one");
    }

    String name() {
        return name;
    }

    Object read(char[] text, int offset, int length, boolean quoted) throws MalformedException {
        if (length == 0 && !(quoted && emptyIsText)) {
            if (primitive) {
                throw new MalformedException("is empty");
            }
            return optional ? Optional.empty() : null;
        }
        Object value = reader.read(text, offset, length);
        return optional ? Optional.of(value) : value;
    }
}
