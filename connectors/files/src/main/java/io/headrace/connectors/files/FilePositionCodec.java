package io.headrace.connectors.files;

import io.headrace.type.BytesIn;
import io.headrace.type.BytesOut;
import io.headrace.type.Codec;
import io.headrace.type.DecodeException;

/** How a {@link FilePosition} stands in checkpoints. */
public final class FilePositionCodec implements Codec<FilePosition> {
    /** Creates the codec. */
    public FilePositionCodec() {}

    @Override
    public String name() {
        return "headrace.files.position";
    }

    @Override
    public int version() {
        return 1;
    }

    @Override
    public void write(FilePosition position, BytesOut out) {
        out.writeVarLong(position.offset());
        out.writeVarLong(position.line());
        out.writeBoolean(position.insideOversized());
        out.writeVarLong(position.lineByLineUntil());
    }

    @Override
    public FilePosition read(BytesIn in, int writtenVersion) {
        try {
            return new FilePosition(
                    in.readVarLong(), in.readVarLong(), in.readBoolean(), in.readVarLong());
        } catch (IllegalArgumentException wrong) {
            throw new DecodeException(wrong.getMessage(), wrong);
        }
    }
}
