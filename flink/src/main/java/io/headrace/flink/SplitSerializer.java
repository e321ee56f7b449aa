package io.headrace.flink;

import io.headrace.connector.Source;
import io.headrace.connector.Split;
import io.headrace.kernel.time.SplitTime;
import io.headrace.type.BytesIn;
import io.headrace.type.BytesOut;
import io.headrace.type.Codec;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/** Stores splits, with their positions and times, by the codecs of their source. */
final class SplitSerializer implements SimpleVersionedSerializer<FlinkSplit> {
    private static final int VERSION = 1;

    private final Codec<Split> splits;
    private final Codec<Object> positions;

    @SuppressWarnings("unchecked") // The graph is untyped; the source was typed when it was added.
    SplitSerializer(Source<?, ?, ?> source) {
        this.splits = (Codec<Split>) source.splitCodec();
        this.positions = (Codec<Object>) source.positionCodec();
    }

    @Override
    public int getVersion() {
        return VERSION;
    }

    @Override
    public byte[] serialize(FlinkSplit split) {
        BytesOut out = new BytesOut(128);
        write(split, out);
        return out.toByteArray();
    }

    @Override
    public FlinkSplit deserialize(int version, byte[] bytes) {
        return read(new BytesIn(bytes));
    }

    void write(FlinkSplit split, BytesOut out) {
        out.writeVarInt(splits.version());
        splits.write(split.split(), out);
        out.writeBoolean(split.position() != null);
        if (split.position() != null) {
            out.writeVarInt(positions.version());
            positions.write(split.position(), out);
        }
        out.writeVarLong(split.time().maxTimestamp());
        out.writeVarLong(split.time().records());
        out.writeVarInt(split.time().generator().size());
        split.time().generator().forEach(out::writeVarLong);
        out.writeBoolean(split.allAssigned());
    }

    FlinkSplit read(BytesIn in) {
        Split split = splits.read(in, in.readVarInt());
        Object position = in.readBoolean() ? positions.read(in, in.readVarInt()) : null;
        long maxTimestamp = in.readVarLong();
        long records = in.readVarLong();
        List<Long> generator = new ArrayList<>();
        for (int left = in.readCount(); left > 0; left--) {
            generator.add(in.readVarLong());
        }
        SplitTime time = new SplitTime(maxTimestamp, records, generator);
        return new FlinkSplit(split, position, time, in.readBoolean());
    }
}
