package io.headrace.kernel.checkpoint;

import io.headrace.type.BytesIn;
import io.headrace.type.BytesOut;
import io.headrace.type.DecodeException;
import java.util.ArrayList;
import java.util.List;

/**
 * The front of a file of state: what it holds, and where each key group begins.
 *
 * @param offsets of the first block of each key group from the start of the file, then the length
 *     of the file
 * @param counts the entries of each key group
 */
record StateFileHeader(StepSchema schema, int firstGroup, long[] offsets, long[] counts) {
    /** The version of the form of the file. 0 until it is frozen. */
    static final int VERSION = 0;

    int lastGroup() {
        return firstGroup + counts.length - 1;
    }

    byte[] write() {
        BytesOut out = new BytesOut(1024);
        out.writeVarInt(VERSION);
        writeSchema(schema, out);
        out.writeVarInt(firstGroup);
        out.writeVarInt(counts.length);
        for (int i = 0; i < counts.length; i++) {
            out.writeLong(offsets[i]); // Fixed width: the header's length comes before them.
            out.writeLong(counts[i]);
        }
        out.writeLong(offsets[counts.length]);
        return out.toByteArray();
    }

    static StateFileHeader read(BytesIn in) {
        int version = in.readVarInt();
        if (version != VERSION) {
            throw new DecodeException(
                    "form " + version + " of a file of state, this release reads " + VERSION);
        }
        StepSchema schema = readSchema(in);
        int firstGroup = in.readVarInt();
        int groups = in.readCount();
        if (groups == 0 || firstGroup < 0) {
            throw new DecodeException(groups + " key groups from " + firstGroup);
        }
        long[] offsets = new long[groups + 1];
        long[] counts = new long[groups];
        for (int i = 0; i < groups; i++) {
            offsets[i] = in.readLong();
            counts[i] = in.readLong();
        }
        offsets[groups] = in.readLong();
        if (in.remaining() != 0) {
            throw new DecodeException(in.remaining() + " bytes behind the index");
        }
        return new StateFileHeader(schema, firstGroup, offsets, counts);
    }

    private static void writeSchema(StepSchema schema, BytesOut out) {
        out.writeString(schema.step());
        out.writeString(schema.type());
        out.writeVarInt(schema.version());
        writeNullable(schema.keySchema(), out);
        out.writeVarInt(schema.states().size());
        for (StepSchema.StateSchema state : schema.states()) {
            out.writeString(state.name());
            out.writeString(state.kind().text());
            writeNullable(state.keySchema(), out);
            out.writeString(state.valueSchema());
        }
    }

    private static StepSchema readSchema(BytesIn in) {
        String step = in.readString();
        String type = in.readString();
        int version = in.readVarInt();
        String keySchema = readNullable(in);
        int count = in.readCount();
        List<StepSchema.StateSchema> states = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String name = in.readString();
            StateKind kind = StateKind.ofText(in.readString());
            if (kind == null) {
                throw new DecodeException("state " + name + " has a kind that is not known");
            }
            states.add(new StepSchema.StateSchema(name, kind, readNullable(in), in.readString()));
        }
        return new StepSchema(step, type, version, keySchema, states);
    }

    private static void writeNullable(String value, BytesOut out) {
        out.writeBoolean(value != null);
        if (value != null) {
            out.writeString(value);
        }
    }

    private static String readNullable(BytesIn in) {
        return in.readBoolean() ? in.readString() : null;
    }
}
