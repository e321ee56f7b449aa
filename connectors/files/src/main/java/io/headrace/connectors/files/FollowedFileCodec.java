package io.headrace.connectors.files;

import io.headrace.type.BytesIn;
import io.headrace.type.BytesOut;
import io.headrace.type.Codec;

/** How a {@link FollowedFile} stands in checkpoints. */
public final class FollowedFileCodec implements Codec<FollowedFile> {
    /** Creates the codec. */
    public FollowedFileCodec() {}

    @Override
    public String name() {
        return "headrace.files.followed";
    }

    @Override
    public int version() {
        return 1;
    }

    @Override
    public void write(FollowedFile file, BytesOut out) {
        out.writeString(file.path());
        out.writeVarLong(file.number());
    }

    @Override
    public FollowedFile read(BytesIn in, int writtenVersion) {
        return new FollowedFile(in.readString(), in.readVarLong());
    }
}
