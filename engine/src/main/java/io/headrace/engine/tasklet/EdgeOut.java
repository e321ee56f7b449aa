package io.headrace.engine.tasklet;

import io.headrace.engine.queue.Batch;
import io.headrace.engine.queue.Channel;
import io.headrace.kernel.chain.Edge;
import java.util.ArrayDeque;

/**
 * The producer's end of an exchange: collects records in one batch per consumer.
 *
 * <p>A batch leaves when it is full, when control was put behind its records and more records come,
 * and at the end of a step when its consumer has nothing to do or {@link #LINGER_NANOS} are over.
 * If a ring is full the batch waits here: {@link #blocked()} then stops the subtask from taking
 * input, so that what waits is bounded by one step.
 */
abstract class EdgeOut implements Edge {
    /** The longest a record waits for company. */
    static final long LINGER_NANOS = 1_000_000;

    final Channel[] channels;
    final Batch[] current;
    private final ArrayDeque<Batch>[] waiting;
    private final long[] since;
    private int waitingBatches;
    private long collectingSince = -1;

    @SuppressWarnings({"unchecked", "rawtypes"}) // Java has no generic arrays.
    EdgeOut(Channel[] channels) {
        this.channels = channels;
        this.current = new Batch[channels.length];
        this.waiting = new ArrayDeque[channels.length];
        this.since = new long[channels.length];
        for (int i = 0; i < channels.length; i++) {
            current[i] = new Batch();
            waiting[i] = new ArrayDeque<>();
            since[i] = -1;
        }
    }

    final void append(int target, Object value, long timestamp) {
        Batch batch = current[target];
        if (batch.size == Batch.RECORDS_MAX || batch.hasControl()) {
            batch = publish(target);
        }
        final int at = batch.size;
        batch.values[at] = value;
        batch.timestamps[at] = timestamp;
        batch.size = at + 1;
    }

    /** Appends what it has collected without a place in a batch: control is about to follow. */
    void settle() {}

    /** Appends what must not come behind a watermark. */
    void settleBefore(long watermark) {}

    /** Returns whether it has collected something that {@link #settle} would append. */
    boolean collects() {
        return false;
    }

    private Batch publish(int target) {
        Batch batch = current[target];
        if (!waiting[target].isEmpty() || !channels[target].offer(batch)) {
            waiting[target].add(batch);
            waitingBatches++;
        }
        since[target] = -1;
        current[target] = channels[target].emptyBatch();
        return current[target];
    }

    @Override
    public final void watermark(long watermark) {
        settleBefore(watermark);
        for (int target = 0; target < channels.length; target++) {
            batchForControl(target).watermark = watermark;
        }
    }

    @Override
    public final void idle(long reached) {
        settle();
        for (int target = 0; target < channels.length; target++) {
            Batch batch = batchForControl(target);
            batch.idleness = Batch.IDLE;
            batch.idleReached = reached;
        }
    }

    @Override
    public final void active() {
        settle();
        for (int target = 0; target < channels.length; target++) {
            batchForControl(target).idleness = Batch.ACTIVE;
        }
    }

    final void end() {
        settle();
        for (int target = 0; target < channels.length; target++) {
            batchForControl(target).end = true;
        }
    }

    final void barrier(long checkpoint) {
        settle();
        for (int target = 0; target < channels.length; target++) {
            batchForControl(target).barrier = checkpoint;
            publish(target);
        }
    }

    /** Returns the current batch; idleness, end and barrier stand behind all that came before. */
    private Batch batchForControl(int target) {
        Batch batch = current[target];
        return batch.idleness != Batch.UNCHANGED || batch.end ? publish(target) : batch;
    }

    /** Sends what waits, as far as there is room. */
    final void flushWaiting() {
        for (int target = 0; waitingBatches > 0 && target < channels.length; target++) {
            ArrayDeque<Batch> queue = waiting[target];
            while (!queue.isEmpty() && channels[target].offer(queue.peek())) {
                queue.remove();
                waitingBatches--;
            }
        }
    }

    /** Returns whether a full ring holds batches back. */
    final boolean blocked() {
        return waitingBatches > 0;
    }

    /** Sends batches that should not wait longer. */
    final void endOfStep(long nanos) {
        settleInTime(nanos);
        for (int target = 0; target < channels.length; target++) {
            if (current[target].isEmpty()) {
                continue;
            }
            if (channels[target].isStarving()) {
                publish(target);
            } else if (since[target] < 0) {
                since[target] = nanos;
            } else if (nanos - since[target] >= LINGER_NANOS) {
                publish(target);
            }
        }
    }

    /** What is collected waits for company too, even if a consumer has nothing else to do. */
    private void settleInTime(long nanos) {
        if (!collects()) {
            collectingSince = -1;
        } else if (collectingSince < 0) {
            collectingSince = nanos;
        } else if (nanos - collectingSince >= LINGER_NANOS) {
            settle();
            collectingSince = -1;
        }
    }

    /** Returns whether something is collected that was not sent yet. */
    final boolean pending() {
        if (collects()) {
            return true;
        }
        for (Batch batch : current) {
            if (!batch.isEmpty()) {
                return true;
            }
        }
        return waitingBatches > 0;
    }
}
