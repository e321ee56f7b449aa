package io.headrace.engine;

import io.headrace.connector.Committer;
import io.headrace.connector.Guarantee;
import io.headrace.connector.PieceOut;
import io.headrace.connector.Sink;
import io.headrace.connector.SinkContext;
import io.headrace.connector.SinkWriter;
import java.util.Optional;

/** A memory sink that can be made to fail. */
record HookedSink(MemorySink sink, Runnable beforeWriter, Runnable beforeWrite)
        implements Sink<Object> {
    @Override
    public String name() {
        return sink.name();
    }

    @Override
    public String target() {
        return sink.target();
    }

    @Override
    public Guarantee guarantee() {
        return sink.guarantee();
    }

    @Override
    public SinkWriter<Object> writer(SinkContext context) {
        beforeWriter.run();
        return new HookedWriter(sink.writer(context), beforeWrite);
    }

    private record HookedWriter(SinkWriter<Object> writer, Runnable beforeWrite)
            implements SinkWriter<Object> {
        @Override
        public void write(Object value, long timestampMillis) {
            beforeWrite.run();
            writer.write(value, timestampMillis);
        }

        @Override
        public boolean prepare(PieceOut out) {
            return writer.prepare(out);
        }

        @Override
        public void close() {
            writer.close();
        }
    }

    @Override
    public Optional<Committer> committer() {
        return sink.committer();
    }
}
