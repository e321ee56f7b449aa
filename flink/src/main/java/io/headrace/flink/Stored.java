package io.headrace.flink;

import io.headrace.kernel.codec.Codecs;
import io.headrace.kernel.codec.SchemaText;
import io.headrace.type.BytesIn;
import io.headrace.type.BytesOut;
import io.headrace.type.Codec;
import io.headrace.type.Schema;
import io.headrace.type.Type;
import java.io.Serializable;

/**
 * How a kind of state is made of values of a type.
 *
 * @param kind which
 * @param type the values
 */
record Stored(Kind kind, Type<?> type) {
    /** What is stored as one. The names are frozen: they stand in savepoints of Flink. */
    enum Kind implements Serializable {
        /** A value that nobody changes. */
        VALUE,
        /** A value that is changed in place. */
        ACCUMULATOR,
        /** Values in the order of their times. */
        SERIES
    }

    /** Returns the schema of the values. */
    String schemaText() {
        return SchemaText.write(type.schema());
    }

    /** Returns the codec that writes, and reads what it wrote. */
    Codec<Object> codec() {
        return over(Codecs.of(untyped()));
    }

    /**
     * Returns a codec that reads what was written with another schema.
     *
     * @throws io.headrace.kernel.codec.IncompatibleSchemaException if that is not possible
     */
    Codec<Object> reading(String schemaText) {
        Schema written = SchemaText.parse(schemaText);
        return over(Codecs.reading(written, untyped()));
    }

    private Codec<Object> over(Codec<Object> values) {
        return kind == Kind.SERIES ? new OfSeries(values) : values;
    }

    @SuppressWarnings("unchecked") // The graph is untyped; the streams that it is of were typed.
    private Type<Object> untyped() {
        return (Type<Object>) type;
    }

    /** Writes the number of values, then the time of each and itself. */
    private record OfSeries(Codec<Object> values) implements Codec<Object> {
        @Override
        public String name() {
            return values.name();
        }

        @Override
        public int version() {
            return values.version();
        }

        @Override
        public void write(Object value, BytesOut out) {
            TimedValues series = (TimedValues) value;
            out.writeVarInt(series.size());
            for (int i = 0; i < series.size(); i++) {
                out.writeVarLong(series.time(i));
                values.write(series.value(i), out);
            }
        }

        @Override
        public Object read(BytesIn in, int writtenVersion) {
            TimedValues series = new TimedValues();
            for (int left = in.readCount(); left > 0; left--) {
                long time = in.readVarLong();
                series.insert(time, values.read(in, writtenVersion));
            }
            return series;
        }
    }
}
