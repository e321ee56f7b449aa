package io.headrace.engine.tasklet;

import io.headrace.connector.DeadLetter;
import io.headrace.connector.EventTime;
import io.headrace.connector.Reader;
import io.headrace.connector.Source;
import io.headrace.connector.Split;
import io.headrace.kernel.chain.Chain;
import io.headrace.kernel.chain.Counters;
import io.headrace.kernel.chain.Port;
import io.headrace.kernel.time.Clock;
import io.headrace.kernel.time.SplitWatermark;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/**
 * Polls the splits of one subtask of a source in turn, and makes the watermark of the subtask from
 * theirs.
 *
 * <p>Until all splits are assigned to some subtask the watermark does not move: a split that waits
 * may hold the earliest records. A split is idle only if its reader has said for {@link
 * ActiveSplit#IDLE_AFTER_NANOS} that it is caught up, and never if the source is bounded. A split
 * that is ahead of the {@link Alignment} is not polled.
 */
final class SourceIntake implements Intake {
    /** Records per call: enough to hide its cost, few enough to stay below 0.1 ms. */
    static final int RECORDS_PER_TAKE = 512;

    private final Source<Object, Split, Object> source;
    private final Reader<Object, Split, Object> reader;
    private final SourceSettings settings;
    private final List<ActiveSplit> active = new ArrayList<>();
    private final ArrayDeque<Redrive> redrives = new ArrayDeque<>();
    private int next;
    private boolean allAssigned;
    private boolean wanting;
    private boolean ended;
    private boolean idle;
    private long idleReached;
    private boolean stopped;
    private long pendingBarrier;
    private long barrier;
    private long watermark = Long.MIN_VALUE;

    /** How far time is at those who take the records: beyond the watermark if it was idle. */
    private long reached = Long.MIN_VALUE;

    /**
     * What a source intake is given.
     *
     * @param step the name of the step
     * @param port takes records
     * @param deadLetters takes dead letters
     * @param counters of the step
     * @param progress what others see
     */
    record SourceSettings(
            String step,
            Port port,
            Port deadLetters,
            Counters counters,
            SourceProgress progress,
            SourceEnvironment environment) {}

    /** What is outside of a source intake. */
    record SourceEnvironment(Clock clock, Alignment alignment, Mailbox mailbox) {}

    SourceIntake(
            Source<Object, Split, Object> source,
            Reader<Object, Split, Object> reader,
            SourceSettings settings) {
        this.source = source;
        this.reader = reader;
        this.settings = settings;
        settings.progress()
                .slowestTimestamp(
                        source.eventTime().present() ? Long.MIN_VALUE : SourceProgress.NOT_HOLDING);
    }

    @Override
    public void onCommand(Command command) {
        if (command instanceof Command.Assign assign) {
            wanting = false;
            assign.splits().forEach(this::assign);
            allAssigned |= assign.last();
            publishSlowest();
        } else if (command instanceof Command.AllAssigned) {
            allAssigned = true;
            publishSlowest();
        } else if (command instanceof Command.Barrier request) {
            pendingBarrier = request.checkpoint();
            stopped = request.stops();
        } else if (command instanceof Command.Committed) {
            active.forEach(this::committed);
        }
    }

    private void committed(ActiveSplit split) {
        if (split.checkpointed != null) { // Otherwise it was assigned behind the barrier.
            reader.committed(split.split, split.checkpointed);
        }
    }

    private void assign(AssignedSplit assigned) {
        if (assigned.split() instanceof RedriveSplit batch) {
            redrives.add(new Redrive(this, batch, (Long) assigned.position()));
            return;
        }
        Split split = (Split) assigned.split();
        reader.assign(split, assigned.position());
        EventTime<Object> eventTime = source.eventTime();
        long bound = eventTime.present() ? eventTime.outOfOrderness().toMillis() : 0;
        active.add(
                new ActiveSplit(
                        this,
                        split,
                        new SplitWatermark(bound, eventTime.generator(), assigned.time())));
    }

    @Override
    public Taken take(Chain chain, int budget) {
        if (pendingBarrier != 0) {
            barrier = pendingBarrier;
            pendingBarrier = 0;
            return Taken.BARRIER;
        }
        if (stopped) {
            return Taken.NOTHING;
        }
        if (!redrives.isEmpty()) {
            return redrive();
        }
        if (active.isEmpty()) {
            return onNothingToRead(chain, budget);
        }
        boolean polled = poll(settings.environment().clock().nanos());
        if (source.eventTime().present()) {
            return updateTime(chain, budget, polled);
        }
        return polled ? Taken.SOMETHING : Taken.NOTHING;
    }

    /** Dead letters that go back come before anything else. */
    private Taken redrive() {
        if (!redrives.element().step(reader, RECORDS_PER_TAKE)) {
            redrives.remove().close();
        }
        return Taken.SOMETHING;
    }

    private boolean poll(long nanos) {
        for (ActiveSplit split : active) {
            split.observeGap(nanos); // All of them: none may run away while others are not seen.
        }
        Alignment alignment = settings.environment().alignment();
        reached = Math.max(reached, idle ? alignment.watermark() : watermark);
        long limit = alignment.limit();
        for (int tried = 0; tried < active.size(); tried++) {
            next = next + 1 >= active.size() ? 0 : next + 1;
            ActiveSplit split = active.get(next);
            if (split.watermark.maxTimestampMillis() > limit) {
                continue;
            }
            if (poll(split, nanos)) {
                return true;
            }
        }
        return false;
    }

    private boolean poll(ActiveSplit split, long nanos) {
        long before = settings.counters().in;
        long watermarkBefore = split.watermark.watermark();
        int recordsMax = Math.min(RECORDS_PER_TAKE, split.watermark.recordsUntilAdvance());
        Reader.Status status = reader.poll(split.split, split, recordsMax);
        boolean found =
                settings.counters().in != before
                        || split.watermark.watermark() != watermarkBefore; // The source raised it.
        split.watermark.advanceIfDue();
        if (status == Reader.Status.FINISHED) {
            settings.progress().maxTimestamp(split.watermark.maxTimestampMillis());
            active.remove(split);
            return true;
        }
        split.observe(status, found, nanos);
        return found || status == Reader.Status.MORE;
    }

    private Taken onNothingToRead(Chain chain, int budget) {
        if (!allAssigned) {
            if (!wanting) {
                wanting = true;
                settings.environment().mailbox().send(new Event.SplitWanted());
                return Taken.SOMETHING;
            }
            return Taken.NOTHING;
        }
        if (!source.bounded()) {
            return becomeIdle(chain, Long.MIN_VALUE, budget); // What has ended knows no time.
        }
        if (ended) {
            return Taken.NOTHING;
        }
        if (watermark != Long.MAX_VALUE) {
            watermark = Long.MAX_VALUE;
            settings.progress().slowestTimestamp(SourceProgress.NOT_HOLDING);
            settings.progress().watermark(watermark);
            if (!chain.watermark(0, watermark, budget)) {
                return Taken.BUSY;
            }
        }
        ended = true;
        return Taken.END;
    }

    private Taken updateTime(Chain chain, int budget, boolean polled) {
        long lowest = Long.MAX_VALUE;
        long highest = Long.MIN_VALUE;
        for (ActiveSplit split : active) {
            long reachedBySplit = split.watermark.watermark();
            lowest = split.idle() ? lowest : Math.min(lowest, reachedBySplit);
            highest = Math.max(highest, reachedBySplit);
            settings.progress().maxTimestamp(split.watermark.maxTimestampMillis());
        }
        publishSlowest();
        if (active.isEmpty() || !allAssigned) {
            return polled ? Taken.SOMETHING : Taken.NOTHING;
        }
        if (lowest == Long.MAX_VALUE) {
            Taken taken = becomeIdle(chain, highest, budget);
            return polled && taken == Taken.NOTHING ? Taken.SOMETHING : taken;
        }
        if (!idle && lowest <= watermark) {
            return polled ? Taken.SOMETHING : Taken.NOTHING;
        }
        idle = false;
        return chain.watermark(0, publish(lowest), budget) ? Taken.SOMETHING : Taken.BUSY;
    }

    /**
     * None of the splits that are idle holds back another: time is where the furthest of them is.
     */
    private Taken becomeIdle(Chain chain, long reached, int budget) {
        if (idle && reached == idleReached) {
            return Taken.NOTHING;
        }
        idle = true;
        idleReached = reached;
        publish(reached);
        return chain.idle(0, reached, budget) ? Taken.SOMETHING : Taken.BUSY;
    }

    /** Shows others how far time is; it never goes back. */
    private long publish(long now) {
        watermark = Math.max(watermark, now);
        settings.progress().watermark(watermark);
        settings.progress().idle(idle);
        return watermark;
    }

    private void publishSlowest() {
        if (!source.eventTime().present()) {
            return;
        }
        long slowest = active.isEmpty() && !allAssigned ? Long.MIN_VALUE : Long.MAX_VALUE;
        for (ActiveSplit split : active) {
            if (!split.idle()) {
                slowest = Math.min(slowest, split.watermark.maxTimestampMillis());
            }
        }
        settings.progress().slowestTimestamp(slowest);
    }

    @Override
    public long barrier() {
        return barrier;
    }

    @Override
    public boolean barrierPending() {
        return pendingBarrier != 0;
    }

    @Override
    public void barrierPassed() {}

    @Override
    public List<SubtaskSnapshot.SplitPart> splits() {
        List<SubtaskSnapshot.SplitPart> parts = new ArrayList<>();
        redrives.forEach(redrive -> parts.add(redrive.part()));
        for (ActiveSplit split : active) {
            split.checkpointed = reader.position(split.split);
            parts.add(
                    new SubtaskSnapshot.SplitPart(
                            split.split, split.checkpointed, split.watermark.time()));
        }
        return parts;
    }

    @Override
    public void close() {
        redrives.forEach(Redrive::close);
        reader.close();
    }

    void emit(ActiveSplit split, Object value, long timestamp) {
        settings.counters().in++;
        settings.counters().out++;
        if (timestamp <= reached && timestamp > split.watermark.watermark()) {
            settings.counters().lateAfterIdle++;
        }
        split.watermark.observe(timestamp);
        settings.port().emit(value, timestamp);
    }

    void deadLetter(ActiveSplit split, String position, String reason, byte[] raw) {
        deadLetter(new DeadLetter(settings.step(), split.split.id(), position, reason, raw));
    }

    void deadLetter(DeadLetter letter) {
        settings.counters().in++;
        settings.counters().deadLetters++;
        settings.deadLetters().emit(letter, Long.MIN_VALUE);
    }

    EventTime<Object> eventTime() {
        return source.eventTime();
    }

    boolean bounded() {
        return source.bounded();
    }

    String step() {
        return settings.step();
    }
}
