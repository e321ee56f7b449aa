package io.headrace.kernel.codec;

import io.headrace.type.Schema;
import java.util.List;

/** Decides whether keys that were written still have the same bytes and the same hash. */
final class FrozenSchema {
    private FrozenSchema() {}

    static void check(Schema written, Schema now, String path) {
        if (!isFrozen(written, now)) {
            throw new IncompatibleSchemaException(
                    path,
                    SchemaText.write(written),
                    SchemaText.write(now),
                    "keys cannot change: go back to the old class, or start without this state");
        }
    }

    private static boolean isFrozen(Schema written, Schema now) {
        if (written instanceof Schema.Struct before && now instanceof Schema.Struct after) {
            return isFrozen(before, after);
        }
        if (written instanceof Schema.Enumeration before
                && now instanceof Schema.Enumeration after) {
            return before.name().equals(after.name())
                    && isPrefix(before.constants(), after.constants());
        }
        if (written instanceof Schema.Union before && now instanceof Schema.Union after) {
            return before.name().equals(after.name()) && areFrozen(before.cases(), after.cases());
        }
        if (written instanceof Schema.Sequence before && now instanceof Schema.Sequence after) {
            return before.shape() == after.shape() && isFrozen(before.element(), after.element());
        }
        if (written instanceof Schema.Maybe before && now instanceof Schema.Maybe after) {
            return isFrozen(before.value(), after.value());
        }
        if (written instanceof Schema.Tuple before && now instanceof Schema.Tuple after) {
            return areFrozen(before.parts(), after.parts());
        }
        return written.equals(now);
    }

    /** Former names and defaults do not matter: they say nothing of the bytes. */
    private static boolean isFrozen(Schema.Struct written, Schema.Struct now) {
        boolean sameNames =
                written.name().equals(now.name())
                        && names(written).equals(names(now))
                        && nullables(written).equals(nullables(now));
        return sameNames && areFrozen(schemas(written), schemas(now));
    }

    private static boolean areFrozen(List<? extends Schema> written, List<? extends Schema> now) {
        if (written.size() != now.size()) {
            return false;
        }
        for (int i = 0; i < now.size(); i++) {
            if (!isFrozen(written.get(i), now.get(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isPrefix(List<String> written, List<String> now) {
        return written.size() <= now.size() && now.subList(0, written.size()).equals(written);
    }

    private static List<String> names(Schema.Struct struct) {
        return struct.fields().stream().map(Schema.Field::name).toList();
    }

    private static List<Boolean> nullables(Schema.Struct struct) {
        return struct.fields().stream().map(Schema.Field::nullable).toList();
    }

    private static List<Schema> schemas(Schema.Struct struct) {
        return struct.fields().stream().map(Schema.Field::schema).toList();
    }
}
