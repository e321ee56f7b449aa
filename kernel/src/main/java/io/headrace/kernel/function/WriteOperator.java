package io.headrace.kernel.function;

import io.headrace.connector.PieceOut;
import io.headrace.connector.SinkWriter;
import io.headrace.kernel.chain.Operator;
import io.headrace.kernel.chain.SinkFailure;

/** Writes records to a sink. Its errors are the connector's, whatever function emitted. */
public final class WriteOperator extends Operator {
    private final SinkWriter<Object> writer;

    /** Creates the operator; it closes the writer. */
    public WriteOperator(SinkWriter<Object> writer) {
        this.writer = writer;
    }

    @Override
    public void emit(Object value, long timestamp) {
        process(0, value, timestamp);
    }

    @Override
    public void process(int input, Object value, long timestamp) {
        counters.in++;
        try {
            writer.write(value, timestamp);
        } catch (RuntimeException failed) {
            throw new SinkFailure(failed);
        }
    }

    @Override
    public boolean ready() {
        return writer.ready();
    }

    @Override
    public boolean prepareBarrier(PieceOut pieces) {
        return writer.prepare(pieces);
    }

    @Override
    public void close() {
        writer.close();
    }
}
