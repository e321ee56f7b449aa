package io.headrace.flink;

import io.headrace.kernel.chain.Edge;
import io.headrace.kernel.chain.KeySlot;
import org.apache.flink.streaming.api.operators.Output;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;

/** The way to another operator of Flink, by the main output or by a tag. */
final class OutEdge implements Edge {
    private final Output<StreamRecord<Moved>> output;
    private final OutputTag<Moved> tag;
    private final int input;
    private final KeySlot carried;
    private final StreamRecord<Moved> reused = new StreamRecord<>(null);
    private long watermark = Long.MIN_VALUE;
    private boolean idle;

    /**
     * Creates the edge.
     *
     * @param tag null for the main output
     * @param input the input of the chain at its end
     * @param carried where the key stands that goes along; null if none does
     */
    OutEdge(Output<StreamRecord<Moved>> output, OutputTag<Moved> tag, int input, KeySlot carried) {
        this.output = output;
        this.tag = tag;
        this.input = input;
        this.carried = carried;
    }

    @Override
    public void emit(Object value, long timestamp) {
        Moved moved =
                carried == null
                        ? new Moved(input, value)
                        : new Moved(input, value, carried.key, carried.hash);
        if (tag == null) {
            output.collect(reused.replace(moved, timestamp));
        } else {
            output.collect(tag, reused.replace(moved, timestamp));
        }
    }

    @Override
    public void watermark(long reached) {
        watermark = reached;
    }

    @Override
    public void idle(long reached) {
        idle = true;
    }

    @Override
    public void active() {
        idle = false;
    }

    long watermark() {
        return watermark;
    }

    boolean isIdle() {
        return idle;
    }
}
