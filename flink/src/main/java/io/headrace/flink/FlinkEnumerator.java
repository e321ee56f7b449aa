package io.headrace.flink;

import io.headrace.connector.Enumerator;
import io.headrace.connector.Source;
import io.headrace.connector.Split;
import io.headrace.kernel.time.SplitTime;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;

/** Hands out splits one by one, in their order, to the readers that are free. */
final class FlinkEnumerator implements SplitEnumerator<FlinkSplit, Unread> {
    private static final long DISCOVERY_MILLIS = 1_000;

    private final SplitEnumeratorContext<FlinkSplit> context;
    private final Source<?, ?, ?> source;
    private final Enumerator<? extends Split> enumerator;
    private final Deque<FlinkSplit> waiting = new ArrayDeque<>();
    private final Set<Integer> asking = new LinkedHashSet<>();
    private boolean discovered;

    /** All splits that are known were given to readers: until then no reader lets time pass. */
    record AllAssigned() implements SourceEvent {
        private static final long serialVersionUID = 1L;
    }

    FlinkEnumerator(
            SplitEnumeratorContext<FlinkSplit> context, Source<?, ?, ?> source, Unread saved) {
        this.context = context;
        this.source = source;
        this.enumerator = source.enumerator(saved == null ? null : saved.enumerator());
        if (saved != null) {
            waiting.addAll(saved.splits());
        }
    }

    @Override
    public void start() {
        context.callAsync(this::discover, this::onDiscovered);
        if (!source.bounded()) {
            context.callAsync(
                    this::discover, this::onDiscovered, DISCOVERY_MILLIS, DISCOVERY_MILLIS);
        }
    }

    private List<? extends Split> discover() {
        return enumerator.done() ? List.of() : enumerator.discover();
    }

    private void onDiscovered(List<? extends Split> found, Throwable failed) {
        if (failed != null) {
            throw new IllegalStateException("source " + source.name() + " fails", failed);
        }
        discovered = true;
        found.forEach(split -> waiting.add(new FlinkSplit(split, null, SplitTime.START, false)));
        handOut();
    }

    private void handOut() {
        for (int reader : new ArrayList<>(asking)) {
            if (!context.registeredReaders().containsKey(reader)) {
                asking.remove(reader);
            } else if (!waiting.isEmpty()) {
                asking.remove(reader);
                FlinkSplit split = waiting.remove();
                boolean last = discovered && waiting.isEmpty();
                context.assignSplit(split.assigned(last), reader);
            }
        }
        if (discovered && waiting.isEmpty()) {
            context.registeredReaders().keySet().forEach(this::tellAllAssigned);
        }
    }

    private void tellAllAssigned(int reader) {
        context.sendEventToSourceReader(reader, new AllAssigned());
        if (source.bounded() && enumerator.done()) {
            context.signalNoMoreSplits(reader);
        }
    }

    @Override
    public void handleSplitRequest(int reader, String host) {
        asking.add(reader);
        handOut();
    }

    @Override
    public void addSplitsBack(List<FlinkSplit> splits, int reader) {
        for (int i = splits.size() - 1; i >= 0; i--) {
            waiting.addFirst(splits.get(i));
        }
        handOut();
    }

    @Override
    public void addReader(int reader) {
        handOut();
    }

    @Override
    public Unread snapshotState(long checkpoint) {
        return new Unread(discovered ? enumerator.snapshot() : null, new ArrayList<>(waiting));
    }

    @Override
    public void close() {
        enumerator.close();
    }
}
