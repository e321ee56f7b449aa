package io.headrace.flink;

import io.headrace.connector.Piece;
import io.headrace.type.BytesIn;
import io.headrace.type.BytesOut;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/**
 * What is to be committed: the pieces of a writer, or of an epoch.
 *
 * @param epoch 0 for those of a writer, which belong to no epoch yet
 */
record Pieces(long epoch, List<Piece> pieces) {
    /** Stores them; the form stands in savepoints of Flink. */
    static final class Serializer implements SimpleVersionedSerializer<Pieces> {
        private static final int VERSION = 1;

        @Override
        public int getVersion() {
            return VERSION;
        }

        @Override
        public byte[] serialize(Pieces value) {
            BytesOut out = new BytesOut(256);
            out.writeVarLong(value.epoch());
            out.writeVarInt(value.pieces().size());
            for (Piece piece : value.pieces()) {
                out.writeString(piece.pending());
                out.writeString(piece.target());
                out.writeVarLong(piece.length());
                out.writeString(piece.sha256());
            }
            return out.toByteArray();
        }

        @Override
        public Pieces deserialize(int version, byte[] bytes) {
            BytesIn in = new BytesIn(bytes);
            long epoch = in.readVarLong();
            List<Piece> pieces = new ArrayList<>();
            for (int left = in.readCount(); left > 0; left--) {
                pieces.add(
                        new Piece(
                                in.readString(),
                                in.readString(),
                                in.readVarLong(),
                                in.readString()));
            }
            return new Pieces(epoch, pieces);
        }
    }
}
