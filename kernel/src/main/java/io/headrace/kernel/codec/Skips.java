package io.headrace.kernel.codec;

import io.headrace.type.BytesIn;
import io.headrace.type.DecodeException;
import io.headrace.type.Schema;
import java.util.ArrayList;
import java.util.List;

/** Makes readers that read and forget what has no place any more; they return null. */
final class Skips {
    private Skips() {}

    static Reader of(Schema schema) {
        if (schema instanceof Schema.Scalar scalar) {
            return ScalarForm.of(scalar.kind()).reader();
        }
        if (schema instanceof Schema.Struct struct) {
            return record(struct);
        }
        if (schema instanceof Schema.Enumeration enumeration) {
            return in -> index(in, enumeration.constants().size());
        }
        if (schema instanceof Schema.Union union) {
            Reader[] cases = union.cases().stream().map(Skips::record).toArray(Reader[]::new);
            return in -> cases[index(in, cases.length)].read(in);
        }
        if (schema instanceof Schema.Sequence sequence) {
            return repeated(of(sequence.element()));
        }
        if (schema instanceof Schema.Mapping mapping) {
            return repeated(all(List.of(of(mapping.key()), of(mapping.value()))));
        }
        if (schema instanceof Schema.Maybe maybe) {
            Reader content = of(maybe.value());
            return in -> in.readBoolean() ? content.read(in) : null;
        }
        if (schema instanceof Schema.Tuple tuple) {
            return all(tuple.parts().stream().map(Skips::of).toList());
        }
        return Skips::custom;
    }

    private static Reader record(Schema.Struct struct) {
        List<RecordReader.Written> written = new ArrayList<>();
        for (Schema.Field field : struct.fields()) {
            written.add(new RecordReader.Written(of(field.schema()), field.nullable(), -1, null));
        }
        return new RecordReader(written, List.of(), null);
    }

    private static Reader repeated(Reader element) {
        return in -> {
            int count = in.readCount();
            for (int i = 0; i < count; i++) {
                element.read(in);
            }
            return null;
        };
    }

    private static Reader all(List<Reader> parts) {
        return in -> {
            parts.forEach(part -> part.read(in));
            return null;
        };
    }

    private static Object custom(BytesIn in) {
        in.readSlice(in.readInt());
        return null;
    }

    /** Reads the index of a constant or a case. */
    static int index(BytesIn in, int count) {
        int index = in.readVarInt();
        if (index < 0 || index >= count) {
            throw new DecodeException("index " + index + " of " + count);
        }
        return index;
    }
}
