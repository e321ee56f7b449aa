package io.headrace.connectors.files;

import io.headrace.type.BytesIn;
import io.headrace.type.BytesOut;
import io.headrace.type.Codec;

/** How a {@link FollowedPosition} stands in checkpoints. */
public final class FollowedPositionCodec implements Codec<FollowedPosition> {
    private static final FilePositionCodec PLACE = new FilePositionCodec();

    /** Creates the codec. */
    public FollowedPositionCodec() {}

    @Override
    public String name() {
        return "headrace.files.followed-position";
    }

    @Override
    public int version() {
        return 1;
    }

    @Override
    public void write(FollowedPosition position, BytesOut out) {
        out.writeInt(position.before());
        PLACE.write(position.place(), out);
    }

    @Override
    public FollowedPosition read(BytesIn in, int writtenVersion) {
        int before = in.readInt();
        return new FollowedPosition(PLACE.read(in, PLACE.version()), before);
    }
}
