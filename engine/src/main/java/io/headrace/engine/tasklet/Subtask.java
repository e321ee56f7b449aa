package io.headrace.engine.tasklet;

import io.headrace.connector.Piece;
import io.headrace.connector.PieceOut;
import io.headrace.kernel.chain.Chain;
import io.headrace.kernel.chain.Counters;
import io.headrace.kernel.chain.Operator;
import io.headrace.kernel.chain.SinkFailure;
import io.headrace.kernel.checkpoint.KeyGroupBuffers;
import io.headrace.kernel.function.FrequentKeys;
import io.headrace.kernel.function.KeySource;
import io.headrace.kernel.time.Clock;
import java.util.ArrayList;
import java.util.List;

/**
 * One subtask of a chain.
 *
 * <p>A step goes through fixed stages: a command; batches that wait for room; a slice of a running
 * snapshot; unless there is still no room, the first of these that there is: time on its way
 * through the chain, a barrier, processing-time timers, the end, new input; the flush. So records
 * never overtake a watermark or a barrier.
 *
 * <p><b>Threading.</b> Stepped by one thread at a time; what others may read is published in {@link
 * SubtaskMetrics} at the end of a step.
 */
public final class Subtask implements Tasklet {
    private final SubtaskParts parts;
    private final Chain chain;
    private final Intake intake;
    private final List<EdgeOut> edges;
    private final Clock clock;
    private final int budget;
    private final List<List<Piece>> sealed = new ArrayList<>();
    private final PieceOut[] pieces;
    private boolean busy;
    private boolean ending;
    private boolean barrierWaits;
    private SubtaskSnapshot snapshot;

    Subtask(SubtaskParts parts) {
        this.parts = parts;
        this.chain = parts.chain();
        this.intake = parts.intake();
        this.edges = parts.edges();
        this.clock = parts.clock();
        this.budget = parts.budget();
        this.pieces = new PieceOut[chain.operators().length];
        for (int i = 0; i < pieces.length; i++) {
            List<Piece> list = new ArrayList<>();
            sealed.add(list);
            pieces[i] = list::add;
        }
    }

    @Override
    public boolean step() {
        try {
            return stages();
        } catch (SinkFailure carried) {
            parts.metrics().publish(chain); // What was read will be read again: it counts.
            throw carried.failure();
        } catch (RuntimeException | Error failed) {
            parts.metrics().publish(chain);
            throw failed;
        }
    }

    private boolean stages() {
        boolean worked = commands();
        for (EdgeOut edge : edges) {
            edge.flushWaiting();
        }
        worked |= sweep();
        if (!blocked()) {
            worked |= run();
        }
        if (worked || pending()) {
            chain.flush();
            flush();
            parts.metrics().publish(chain);
        }
        return worked;
    }

    /** Commands behind a barrier wait for it: a split that is assigned there is not part of it. */
    private boolean commands() {
        if (barrierWaits || intake.barrierPending()) {
            return false;
        }
        Command command = parts.mailbox().nextCommand();
        if (command == null) {
            return false;
        }
        intake.onCommand(command);
        return true;
    }

    private boolean blocked() {
        for (EdgeOut edge : edges) {
            if (edge.blocked()) {
                return true;
            }
        }
        return !chain.ready();
    }

    private boolean pending() {
        for (EdgeOut edge : edges) {
            if (edge.pending()) {
                return true;
            }
        }
        return false;
    }

    private boolean run() {
        if (busy) {
            busy = !chain.advance(budget);
            return true;
        }
        if (barrierWaits) {
            passBarrier();
            return true;
        }
        if (chain.nextProcessingTime() <= clock.millis()) {
            chain.processingTime(clock.millis(), budget);
            return true;
        }
        if (ending) {
            end();
            return true;
        }
        return onTaken(intake.take(chain, budget));
    }

    private boolean onTaken(Intake.Taken taken) {
        switch (taken) {
            case NOTHING -> {
                return false;
            }
            case SOMETHING -> {}
            case BUSY -> busy = true;
            case BARRIER -> barrierWaits = true;
            case END -> ending = true;
        }
        return true;
    }

    private void end() {
        ending = false;
        chain.end();
        edges.forEach(EdgeOut::end);
        parts.mailbox().send(new Event.Ended());
    }

    /** Seals, sends the barrier on, and starts to write the state of this moment. */
    private void passBarrier() {
        assert snapshot == null : "two checkpoints at once";
        if (!chain.prepareBarrier(budget, pieces)) {
            return;
        }
        barrierWaits = false;
        long checkpoint = intake.barrier();
        List<SubtaskSnapshot.StepPart> steps = new ArrayList<>();
        Operator[] operators = chain.operators();
        for (int i = 0; i < operators.length; i++) {
            steps.add(stepPart(i, operators[i]));
        }
        snapshot = new SubtaskSnapshot(checkpoint, steps, intake.splits());
        edges.forEach(edge -> edge.barrier(checkpoint));
        intake.barrierPassed();
    }

    private SubtaskSnapshot.StepPart stepPart(int index, Operator operator) {
        SubtaskSnapshot.StatePart state = null;
        SubtaskParts.Store store = parts.stores().get(index);
        if (store != null) {
            KeyGroupBuffers entries =
                    new KeyGroupBuffers(parts.firstKeyGroup(), parts.lastKeyGroup());
            store.state().startSnapshot(entries);
            state =
                    new SubtaskSnapshot.StatePart(
                            store.codec().schema(),
                            entries,
                            store.broadcast() == null ? null : store.broadcast().write(),
                            operator.watermark());
        }
        List<Piece> list = List.copyOf(sealed.get(index));
        sealed.get(index).clear();
        Counters counters = operator.counters().copy();
        return new SubtaskSnapshot.StepPart(
                parts.steps().get(index), counters, list, operator.takeLateRecords(), state);
    }

    private boolean sweep() {
        if (snapshot == null) {
            return false;
        }
        for (SubtaskParts.Store store : parts.stores()) {
            if (store != null && store.state().sweep(budget)) {
                return true;
            }
        }
        parts.mailbox().send(new Event.Acknowledged(snapshot));
        snapshot = null;
        return true;
    }

    private void flush() {
        if (edges.isEmpty()) {
            return;
        }
        long nanos = clock.nanos();
        for (EdgeOut edge : edges) {
            edge.endOfStep(nanos);
        }
    }

    /** Closes reader and operators. After the last step, by the thread that stepped it. */
    public void close() {
        try {
            intake.close();
        } finally {
            chain.close();
        }
    }

    /** Returns the mailbox. */
    public Mailbox mailbox() {
        return parts.mailbox();
    }

    /** Returns what it has published. */
    public SubtaskMetrics metrics() {
        return parts.metrics();
    }

    /** Returns the keys with the most records of a {@code keyBy}. May be called by any thread. */
    public FrequentKeys frequentKeys(int operator) {
        return ((KeySource) chain.operators()[operator]).frequentKeys();
    }

    /** Returns the ids of its steps, in the order of its operators. */
    public List<Integer> steps() {
        return parts.steps();
    }
}
