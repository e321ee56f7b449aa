package io.headrace.type;

import java.util.List;

/**
 * How a value is stored: a tree that is written once into every file of a checkpoint, so that a
 * later version of the program can match the fields it knows with the fields that were written.
 *
 * <p>Immutable. Names of records, enums and sealed types are the class's binary name, or the name
 * given by {@link Named}. A schema says nothing of generic parameters: they are resolved.
 */
public sealed interface Schema {
    /** A value of fixed meaning whose form is set by this project, for example {@code LONG}. */
    record Scalar(Kind kind) implements Schema {}

    /** A record; fields are matched by name. */
    record Struct(String name, List<Field> fields) implements Schema {
        /** Copies the list. */
        public Struct {
            fields = List.copyOf(fields);
        }
    }

    /** An enum; constants are stored by name. */
    record Enumeration(String name, List<String> constants) implements Schema {
        /** Copies the list. */
        public Enumeration {
            constants = List.copyOf(constants);
        }
    }

    /** A sealed interface; each case is a record. */
    record Union(String name, List<Struct> cases) implements Schema {
        /** Copies the list. */
        public Union {
            cases = List.copyOf(cases);
        }
    }

    /** A list, a set or an array, in the order of its iteration. */
    record Sequence(Shape shape, Schema element) implements Schema {}

    /** A map, in the order of its iteration. */
    record Mapping(Schema key, Schema value) implements Schema {}

    /** An {@code Optional}. */
    record Maybe(Schema value) implements Schema {}

    /** A fixed number of values of different types: {@code Object[]}. */
    record Tuple(List<Schema> parts) implements Schema {
        /** Copies the list. */
        public Tuple {
            parts = List.copyOf(parts);
        }
    }

    /** A value that a user's codec stores; its name and version decide, never its class. */
    record Custom(String name, int version) implements Schema {}

    /**
     * A component of a record.
     *
     * @param nullable whether null may be stored: true for every reference component
     * @param formerName the name it had before, from {@link Was}; null if it was never renamed
     * @param defaultText the value for data written before the field existed, from {@link Default};
     *     null if none was given
     */
    record Field(
            String name, Schema schema, boolean nullable, String formerName, String defaultText) {}

    /** What a sequence is in memory. */
    enum Shape {
        /** A {@code java.util.List}. */
        LIST,
        /** A {@code java.util.Set}. */
        SET,
        /** An array. */
        ARRAY
    }

    /** The scalars. The names are frozen: they stand in checkpoints. */
    enum Kind {
        /** {@code boolean} or {@code Boolean}. */
        BOOLEAN,
        /** {@code byte} or {@code Byte}. */
        BYTE,
        /** {@code short} or {@code Short}. */
        SHORT,
        /** {@code char} or {@code Character}. */
        CHAR,
        /** {@code int} or {@code Integer}. */
        INT,
        /** {@code long} or {@code Long}. */
        LONG,
        /** {@code float} or {@code Float}. */
        FLOAT,
        /** {@code double} or {@code Double}. */
        DOUBLE,
        /** {@code String}, as UTF-8. */
        STRING,
        /** {@code byte[]}. */
        BYTES,
        /** {@code BigDecimal}, with its scale. */
        DECIMAL,
        /** {@code BigInteger}. */
        INTEGER,
        /** {@code UUID}. */
        UUID,
        /** {@code java.time.Instant}. */
        INSTANT,
        /** {@code java.time.Duration}. */
        DURATION,
        /** {@code java.time.LocalDate}. */
        DATE,
        /** {@code java.time.LocalTime}. */
        TIME,
        /** {@code java.time.LocalDateTime}. */
        DATE_TIME,
        /** {@code java.time.OffsetDateTime}. */
        OFFSET_DATE_TIME,
        /** {@code java.time.ZonedDateTime}. */
        ZONED_DATE_TIME,
        /** {@code java.time.ZoneId}. */
        ZONE,
        /** {@code java.time.Year}. */
        YEAR,
        /** {@code java.time.YearMonth}. */
        YEAR_MONTH
    }
}
