package io.headrace.kernel.codec;

import io.headrace.type.Schema;
import io.headrace.type.Type;
import io.headrace.type.TypeStructure;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Matches the fields that were written with the components that a record has now, by name. */
final class RecordReaders {
    private final Schema.Struct now;
    private final Type<?> type;
    private final String path;
    private final RecordComponent[] components;

    private RecordReaders(Schema.Struct now, Type<?> type, String path) {
        this.now = now;
        this.type = type;
        this.path = path;
        this.components = TypeStructure.raw(type).getRecordComponents();
    }

    static Reader of(Schema.Struct written, Schema.Struct now, Type<?> type, String path) {
        if (!written.name().equals(now.name())) {
            throw new IncompatibleSchemaException(
                    path,
                    "record " + written.name(),
                    "record " + now.name(),
                    "if it is the same, add @Named(\"" + written.name() + "\") to " + now.name());
        }
        return new RecordReaders(now, type, path).match(written);
    }

    private Reader match(Schema.Struct written) {
        boolean[] found = new boolean[components.length];
        List<RecordReader.Written> fields = new ArrayList<>();
        for (Schema.Field field : written.fields()) {
            int target = target(field.name(), written);
            if (target < 0) {
                fields.add(
                        new RecordReader.Written(
                                Skips.of(field.schema()), field.nullable(), -1, null));
            } else {
                found[target] = true;
                fields.add(field(field, target));
            }
        }
        List<RecordReader.Absent> absent = new ArrayList<>();
        for (int i = 0; i < found.length; i++) {
            Supplier<Object> value = absentValue(i, found[i]);
            if (!found[i]) {
                absent.add(new RecordReader.Absent(i, value));
            }
        }
        RecordAccess access = new RecordAccess(TypeStructure.raw(type));
        return new RecordReader(fields, absent, access.constructor());
    }

    /** Returns the component that a field became, or -1; the present name goes before the old. */
    private int target(String name, Schema.Struct written) {
        for (int i = 0; i < components.length; i++) {
            if (now.fields().get(i).name().equals(name)) {
                return i;
            }
        }
        for (int i = 0; i < components.length; i++) {
            String present = now.fields().get(i).name();
            if (name.equals(now.fields().get(i).formerName())
                    && written.fields().stream().noneMatch(each -> each.name().equals(present))) {
                return i;
            }
        }
        return -1;
    }

    private RecordReader.Written field(Schema.Field written, int target) {
        Schema.Field field = now.fields().get(target);
        if (written.nullable() && !field.nullable()) {
            throw new IncompatibleSchemaException(
                    path + "." + field.name(),
                    SchemaText.summary(written.schema()) + ", possibly null",
                    SchemaText.summary(field.schema()) + ", never null",
                    "keep the boxed class, such as Long for long");
        }
        Reader reader = Readers.of(written.schema(), componentType(target), pathOf(target));
        boolean becomesOptional =
                field.schema() instanceof Schema.Maybe
                        && !(written.schema() instanceof Schema.Maybe);
        return new RecordReader.Written(
                reader, written.nullable(), target, becomesOptional ? Optional.empty() : null);
    }

    /** Checks the default of each component, so that a bad one is found before it is needed. */
    private Supplier<Object> absentValue(int target, boolean isFound) {
        Schema.Field field = now.fields().get(target);
        Type<?> fieldType = componentType(target);
        if (field.defaultText() != null) {
            String text = field.defaultText();
            Object value = Defaults.parse(text, fieldType, field.schema(), pathOf(target));
            return () -> value;
        }
        if (!field.nullable() && !isFound) {
            throw new IncompatibleSchemaException(
                    pathOf(target),
                    "nothing",
                    SchemaText.summary(field.schema()) + ", never null",
                    "say what it was before it existed by @Default(\"…\"), use the boxed class,"
                            + " or name the component it was by @Was(\"…\")");
        }
        return Defaults.ofReference(fieldType, field.schema());
    }

    private Type<?> componentType(int target) {
        return TypeStructure.component(type, components[target]);
    }

    private String pathOf(int target) {
        return path + "." + components[target].getName();
    }
}
