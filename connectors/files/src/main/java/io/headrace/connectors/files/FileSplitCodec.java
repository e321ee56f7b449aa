package io.headrace.connectors.files;

import io.headrace.type.BytesIn;
import io.headrace.type.BytesOut;
import io.headrace.type.Codec;
import io.headrace.type.DecodeException;

/** How a {@link FileSplit} stands in checkpoints. */
public final class FileSplitCodec implements Codec<FileSplit> {
    /** Creates the codec. */
    public FileSplitCodec() {}

    @Override
    public String name() {
        return "headrace.files.split";
    }

    @Override
    public int version() {
        return 1;
    }

    @Override
    public void write(FileSplit split, BytesOut out) {
        out.writeString(split.path());
        out.writeVarLong(split.sizeBytes());
        out.writeVarLong(split.modifiedMillis());
        out.writeVarLong(split.from());
        out.writeVarLong(split.to());
    }

    @Override
    public FileSplit read(BytesIn in, int writtenVersion) {
        try {
            return new FileSplit(
                    in.readString(),
                    in.readVarLong(),
                    in.readVarLong(),
                    in.readVarLong(),
                    in.readVarLong());
        } catch (IllegalArgumentException wrong) {
            throw new DecodeException(wrong.getMessage(), wrong);
        }
    }
}
