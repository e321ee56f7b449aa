package io.headrace.flink;

import io.headrace.graph.Step;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/** One of our sources as a source of Flink. */
final class FlinkSource implements Source<Moved, FlinkSplit, Unread> {
    private static final long serialVersionUID = 1L;

    /** The input of the chain behind it that takes records. */
    static final int RECORDS = 0;

    /** The input of the chain behind it that takes dead letters. */
    static final int DEAD_LETTERS = 1;

    private final byte[] shipped;
    private transient Step.Read step;

    FlinkSource(Step.Read step) {
        this.shipped = Shipped.write(step);
        this.step = step;
    }

    private Step.Read step() {
        if (step == null) {
            step =
                    (Step.Read)
                            Shipped.read(shipped, Thread.currentThread().getContextClassLoader());
        }
        return step;
    }

    @Override
    public Boundedness getBoundedness() {
        return step().source().bounded() ? Boundedness.BOUNDED : Boundedness.CONTINUOUS_UNBOUNDED;
    }

    @Override
    public SplitEnumerator<FlinkSplit, Unread> createEnumerator(
            SplitEnumeratorContext<FlinkSplit> context) {
        return new FlinkEnumerator(context, step().source(), null);
    }

    @Override
    public SplitEnumerator<FlinkSplit, Unread> restoreEnumerator(
            SplitEnumeratorContext<FlinkSplit> context, Unread saved) {
        return new FlinkEnumerator(context, step().source(), saved);
    }

    @Override
    public SourceReader<Moved, FlinkSplit> createReader(SourceReaderContext context) {
        return new FlinkReader(step(), context);
    }

    @Override
    public SimpleVersionedSerializer<FlinkSplit> getSplitSerializer() {
        return new SplitSerializer(step().source());
    }

    @Override
    public SimpleVersionedSerializer<Unread> getEnumeratorCheckpointSerializer() {
        return new Unread.Serializer(new SplitSerializer(step().source()));
    }
}
