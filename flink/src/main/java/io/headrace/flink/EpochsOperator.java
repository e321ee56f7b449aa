package io.headrace.flink;

import io.headrace.connector.Piece;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeutils.base.LongSerializer;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.connector.sink2.CommittableMessage;
import org.apache.flink.streaming.api.connector.sink2.CommittableSummary;
import org.apache.flink.streaming.api.connector.sink2.CommittableWithLineage;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.BoundedOneInput;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Makes one epoch of what all writers of a sink sealed for a checkpoint, and numbers the epochs
 * without gaps. Has one subtask.
 *
 * <p>Pieces of a checkpoint that is given up keep their number: the committer shows them in front
 * of those of the next.
 */
final class EpochsOperator extends AbstractStreamOperator<CommittableMessage<Pieces>>
        implements OneInputStreamOperator<CommittableMessage<Pieces>, CommittableMessage<Pieces>>,
                BoundedOneInput {
    private static final long serialVersionUID = 1L;

    private static final ListStateDescriptor<Long> EPOCH =
            new ListStateDescriptor<>("epoch", LongSerializer.INSTANCE);

    /** By checkpoint, then by writer. */
    private transient SortedMap<Long, SortedMap<Integer, List<Piece>>> sealed;

    private transient ListState<Long> saved;
    private transient long epoch;

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        sealed = new TreeMap<>();
        saved = context.getOperatorStateStore().getListState(EPOCH);
        for (Long each : saved.get()) {
            epoch = each;
        }
    }

    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
        super.snapshotState(context);
        saved.update(List.of(epoch));
    }

    @Override
    public void processElement(StreamRecord<CommittableMessage<Pieces>> message) {
        if (message.getValue() instanceof CommittableWithLineage<Pieces> written) {
            sealed.computeIfAbsent(written.getCheckpointId(), id -> new TreeMap<>())
                    .computeIfAbsent(written.getSubtaskId(), subtask -> new ArrayList<>())
                    .addAll(written.getCommittable().pieces());
        }
    }

    /** All that the writers sealed before this barrier is here: it has come on every channel. */
    @Override
    public void prepareSnapshotPreBarrier(long checkpoint) {
        emitAll();
    }

    @Override
    public void endInput() {
        emitAll();
    }

    private void emitAll() {
        sealed.forEach(
                (checkpoint, byWriter) -> {
                    List<Piece> pieces = new ArrayList<>();
                    byWriter.values().forEach(pieces::addAll);
                    epoch++;
                    emit(new CommittableSummary<>(0, 1, checkpoint, 1, 0));
                    emit(new CommittableWithLineage<>(new Pieces(epoch, pieces), checkpoint, 0));
                });
        sealed.clear();
    }

    private void emit(CommittableMessage<Pieces> message) {
        output.collect(new StreamRecord<>(message));
    }
}
