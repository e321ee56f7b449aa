package io.headrace.flink;

import io.headrace.connector.Guarantee;
import io.headrace.connector.Lineage;
import io.headrace.connector.Piece;
import io.headrace.connector.SinkContext;
import io.headrace.connector.SinkWriter;
import io.headrace.graph.Step;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.apache.flink.api.connector.sink2.Committer;
import org.apache.flink.api.connector.sink2.CommitterInitContext;
import org.apache.flink.api.connector.sink2.CommittingSinkWriter;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SupportsCommitter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.streaming.api.connector.sink2.CommittableMessage;
import org.apache.flink.streaming.api.connector.sink2.CommittableMessageTypeInfo;
import org.apache.flink.streaming.api.connector.sink2.SupportsPreCommitTopology;
import org.apache.flink.streaming.api.datastream.DataStream;

/** One of our sinks as a sink of Flink. */
class FlinkSink implements Sink<Moved> {
    private static final long serialVersionUID = 1L;

    private final byte[] shipped;
    private final String lineage;
    private final String scratch;

    private FlinkSink(Step.Write step, String lineage, Path scratch) {
        this.shipped = Shipped.write(step);
        this.lineage = lineage;
        this.scratch = scratch.toString();
    }

    /**
     * Makes a sink of a step.
     *
     * @param lineage the id of the history that the job begins
     * @param scratch a directory that all processes of the cluster share
     */
    static FlinkSink of(Step.Write step, String lineage, Path scratch) {
        return step.sink().guarantee() == Guarantee.EXACTLY_ONCE
                ? new TwoPhase(step, lineage, scratch)
                : new FlinkSink(step, lineage, scratch);
    }

    final Step.Write step() {
        return (Step.Write) Shipped.read(shipped, Thread.currentThread().getContextClassLoader());
    }

    final Lineage lineage() {
        return new Lineage(lineage, null, 0);
    }

    @Override
    public final Writer createWriter(WriterInitContext context) throws IOException {
        Step.Write step = step();
        Path directory = Path.of(scratch).resolve(step.name());
        Files.createDirectories(directory);
        SinkContext given =
                new SinkContext(
                        step.name(),
                        context.getTaskInfo().getIndexOfThisSubtask(),
                        context.getTaskInfo().getNumberOfParallelSubtasks(),
                        lineage(),
                        owner(context.getTaskInfo().getAttemptNumber()),
                        directory);
        return new Writer(step.sink().writer(given), this instanceof TwoPhase);
    }

    /** Each attempt of a task is an owner of its own, later ones higher. */
    private static long owner(int attempt) {
        return attempt + 1L;
    }

    /** Writes the records of one subtask. */
    static final class Writer implements CommittingSinkWriter<Moved, Pieces> {
        private final SinkWriter<Object> writer;
        private final boolean twoPhase;

        Writer(SinkWriter<Object> writer, boolean twoPhase) {
            this.writer = writer;
            this.twoPhase = twoPhase;
        }

        @Override
        public void write(Moved moved, Context context) throws InterruptedException {
            while (!writer.ready()) {
                Thread.sleep(1);
            }
            Long timestamp = context.timestamp();
            writer.write(moved.value(), timestamp == null ? Long.MIN_VALUE : timestamp);
        }

        /** A sink with one phase shows here what it has; one with two waits for the next call. */
        @Override
        public void flush(boolean endOfInput) throws InterruptedException {
            if (!twoPhase) {
                prepareCommit();
            }
        }

        @Override
        public Collection<Pieces> prepareCommit() throws InterruptedException {
            List<Piece> pieces = new ArrayList<>();
            while (!writer.prepare(pieces::add)) {
                Thread.sleep(1);
            }
            return pieces.isEmpty() ? List.of() : List.of(new Pieces(0, pieces));
        }

        @Override
        public void close() {
            writer.close();
        }
    }

    /** A sink that shows what was written only when a checkpoint with it is durable. */
    private static final class TwoPhase extends FlinkSink
            implements SupportsCommitter<Pieces>, SupportsPreCommitTopology<Pieces, Pieces> {
        private static final long serialVersionUID = 1L;

        TwoPhase(Step.Write step, String lineage, Path scratch) {
            super(step, lineage, scratch);
        }

        @Override
        public DataStream<CommittableMessage<Pieces>> addPreCommitTopology(
                DataStream<CommittableMessage<Pieces>> written) {
            String name = step().name();
            return written.global()
                    .transform(
                            "epochs of " + name,
                            CommittableMessageTypeInfo.of(Pieces.Serializer::new),
                            new EpochsOperator())
                    .uid(name + ".epochs")
                    .setParallelism(1)
                    .setMaxParallelism(1)
                    .global();
        }

        @Override
        public Committer<Pieces> createCommitter(CommitterInitContext context) {
            return new EpochCommitter(
                    step(), lineage(), owner(context.getTaskInfo().getAttemptNumber()));
        }

        @Override
        public SimpleVersionedSerializer<Pieces> getCommittableSerializer() {
            return new Pieces.Serializer();
        }

        @Override
        public SimpleVersionedSerializer<Pieces> getWriteResultSerializer() {
            return new Pieces.Serializer();
        }
    }
}
