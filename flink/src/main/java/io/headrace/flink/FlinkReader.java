package io.headrace.flink;

import io.headrace.connector.Reader;
import io.headrace.connector.ReaderContext;
import io.headrace.connector.Source;
import io.headrace.connector.Split;
import io.headrace.graph.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.core.io.InputStatus;

/**
 * Polls the splits of one subtask in turn, and makes its watermark from theirs.
 *
 * <p>Until all splits are assigned to some subtask the watermark does not move: a split that waits
 * may hold the earliest records. A split is idle if its reader has said for 5 s that it is caught
 * up, and never if the source is bounded.
 */
final class FlinkReader implements SourceReader<Moved, FlinkSplit> {
    private static final int RECORDS_PER_POLL = 512;

    /** How long to wait before a source is asked again that had nothing. */
    private static final Executor LATER =
            CompletableFuture.delayedExecutor(2, TimeUnit.MILLISECONDS);

    private final Source<Object, Split, Object> source;
    private final Reader<Object, Split, Object> reader;
    private final SourceReaderContext context;
    private final String step;
    private final List<ReadSplit> active = new ArrayList<>();
    private final SortedMap<Long, List<FlinkSplit>> checkpoints = new TreeMap<>();
    private int next;
    private boolean asked;
    private boolean allAssigned;
    private boolean noMoreSplits;
    private boolean idle;
    private long watermark = Long.MIN_VALUE;
    private CompletableFuture<Void> available = CompletableFuture.completedFuture(null);

    @SuppressWarnings("unchecked") // The graph is untyped; the source was typed when it was added.
    FlinkReader(Step.Read step, SourceReaderContext context) {
        this.step = step.name();
        this.source = (Source<Object, Split, Object>) step.source();
        this.context = context;
        this.reader =
                source.reader(
                        new ReaderContext(
                                step.name(),
                                context.getIndexOfSubtask(),
                                context.currentParallelism()));
    }

    @Override
    public void start() {
        askForSplit();
    }

    private void askForSplit() {
        if (active.isEmpty() && !asked && !noMoreSplits) {
            asked = true;
            context.sendSplitRequest();
        }
    }

    @Override
    public void addSplits(List<FlinkSplit> splits) {
        asked = false;
        for (FlinkSplit split : splits) {
            reader.assign(split.split(), split.position());
            active.add(new ReadSplit(step, source, split));
            allAssigned |= split.allAssigned();
        }
        available.complete(null);
    }

    @Override
    public void notifyNoMoreSplits() {
        noMoreSplits = true;
        allAssigned = true;
        available.complete(null);
    }

    @Override
    public void handleSourceEvents(SourceEvent event) {
        if (event instanceof FlinkEnumerator.AllAssigned) {
            allAssigned = true;
            available.complete(null);
        }
    }

    @Override
    public InputStatus pollNext(ReaderOutput<Moved> output) {
        updateTime(output);
        boolean found = false;
        for (int tried = 0; tried < active.size() && !found; tried++) {
            next = next + 1 >= active.size() ? 0 : next + 1;
            found = poll(active.get(next), output);
        }
        askForSplit();
        if (active.isEmpty() && noMoreSplits) {
            return InputStatus.END_OF_INPUT;
        }
        if (found) {
            return InputStatus.MORE_AVAILABLE;
        }
        available = new CompletableFuture<>();
        if (!active.isEmpty()) {
            available.completeAsync(() -> null, LATER);
        }
        return InputStatus.NOTHING_AVAILABLE;
    }

    private boolean poll(ReadSplit split, ReaderOutput<Moved> output) {
        split.begin(output);
        int recordsMax = Math.min(RECORDS_PER_POLL, split.watermark.recordsUntilAdvance());
        Reader.Status status = reader.poll(split.split, split, recordsMax);
        split.watermark.advanceIfDue();
        if (status == Reader.Status.FINISHED) {
            active.remove(split);
            return true;
        }
        return split.observe(status) || status == Reader.Status.MORE;
    }

    private void updateTime(ReaderOutput<Moved> output) {
        if (!source.eventTime().present() || active.isEmpty() || !allAssigned) {
            if (allAssigned && active.isEmpty() && !source.bounded() && !idle) {
                idle = true; // It has nothing to read, and may get something later.
                output.markIdle();
            }
            return;
        }
        long lowest = Long.MAX_VALUE;
        long highest = Long.MIN_VALUE;
        for (ReadSplit split : active) {
            long reached = split.watermark.watermark();
            lowest = split.isIdle() ? lowest : Math.min(lowest, reached);
            highest = Math.max(highest, reached);
        }
        boolean allIdle = lowest == Long.MAX_VALUE;
        long now = allIdle ? highest : lowest;
        if (idle && !allIdle) {
            idle = false;
            output.markActive();
        }
        if (now > watermark) {
            watermark = now;
            output.emitWatermark(new Watermark(now));
        }
        if (!idle && allIdle) {
            idle = true;
            output.markIdle();
        }
    }

    @Override
    public List<FlinkSplit> snapshotState(long checkpoint) {
        List<FlinkSplit> splits = new ArrayList<>();
        for (ReadSplit each : active) {
            splits.add(
                    new FlinkSplit(
                            each.split,
                            reader.position(each.split),
                            each.watermark.time(),
                            allAssigned));
        }
        checkpoints.put(checkpoint, List.copyOf(splits));
        return splits;
    }

    @Override
    public void notifyCheckpointComplete(long checkpoint) {
        for (FlinkSplit saved : checkpoints.getOrDefault(checkpoint, List.of())) {
            if (active.stream().anyMatch(each -> each.split.equals(saved.split()))) {
                reader.committed(saved.split(), saved.position());
            }
        }
        checkpoints.headMap(checkpoint + 1).clear();
    }

    @Override
    public CompletableFuture<Void> isAvailable() {
        return available;
    }

    @Override
    public void close() {
        reader.close();
    }
}
