package io.headrace.flink;

import io.headrace.type.BytesIn;
import io.headrace.type.BytesOut;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/**
 * What no reader has: what an enumerator of Flink saves.
 *
 * @param enumerator what our enumerator saves; null before it was asked for splits
 * @param splits those that wait for a reader
 */
record Unread(byte[] enumerator, List<FlinkSplit> splits) {
    /** Stores it. */
    static final class Serializer implements SimpleVersionedSerializer<Unread> {
        private static final int VERSION = 1;

        private final SplitSerializer splits;

        Serializer(SplitSerializer splits) {
            this.splits = splits;
        }

        @Override
        public int getVersion() {
            return VERSION;
        }

        @Override
        public byte[] serialize(Unread unread) {
            BytesOut out = new BytesOut(256);
            out.writeBoolean(unread.enumerator() != null);
            if (unread.enumerator() != null) {
                out.writeBytes(unread.enumerator());
            }
            out.writeVarInt(unread.splits().size());
            unread.splits().forEach(split -> splits.write(split, out));
            return out.toByteArray();
        }

        @Override
        public Unread deserialize(int version, byte[] bytes) {
            BytesIn in = new BytesIn(bytes);
            byte[] enumerator = in.readBoolean() ? in.readBytes() : null;
            List<FlinkSplit> waiting = new ArrayList<>();
            for (int left = in.readCount(); left > 0; left--) {
                waiting.add(splits.read(in));
            }
            return new Unread(enumerator, waiting);
        }
    }
}
