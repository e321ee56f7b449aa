package io.headrace.engine.tasklet;

import io.headrace.engine.queue.Batch;
import io.headrace.engine.queue.Channel;
import io.headrace.kernel.chain.Chain;
import io.headrace.kernel.chain.Port;
import java.util.ArrayList;
import java.util.List;

/**
 * Takes batches from the channels of other subtasks in turn. A channel whose barrier has come is
 * not polled until the barrier has come on all of them: that is the whole alignment, nothing is
 * stored.
 */
final class ChannelIntake implements Intake {
    private final Inlet[] inlets;
    private final List<Input> inputs;

    /** The watermark of each input; one that becomes active again does not move it back. */
    private final long[] watermarks;

    private int next;
    private int barriers;
    private int ends;
    private long barrier;
    private Inlet interrupted;
    private Batch interruptedBatch;

    /** One channel and what has come on it. */
    private static final class Inlet {
        final Channel channel;
        final int input;
        long watermark = Long.MIN_VALUE;
        long idleReached = Long.MIN_VALUE;
        boolean idle;
        boolean blocked;

        Inlet(Channel channel, int input) {
            this.channel = channel;
            this.input = input;
        }
    }

    /**
     * One input of the chain.
     *
     * @param channels from the subtasks of the chain before
     * @param idlesAsOne whether these become idle and active for the same reason: then one of them
     *     that is active says that the others are about to be
     */
    record Input(Channel[] channels, boolean idlesAsOne) {}

    /** Creates the intake. */
    ChannelIntake(List<Input> inputs) {
        List<Inlet> all = new ArrayList<>();
        for (int input = 0; input < inputs.size(); input++) {
            for (Channel channel : inputs.get(input).channels()) {
                all.add(new Inlet(channel, input));
            }
        }
        this.inlets = all.toArray(Inlet[]::new);
        this.inputs = List.copyOf(inputs);
        this.watermarks = new long[inputs.size()];
        java.util.Arrays.fill(watermarks, Long.MIN_VALUE);
    }

    @Override
    public Taken take(Chain chain, int budget) {
        if (interrupted != null) {
            return finish(interrupted, interruptedBatch); // Its watermark has passed by now.
        }
        for (int tried = 0; tried < inlets.length; tried++) {
            next = next + 1 >= inlets.length ? 0 : next + 1;
            Inlet inlet = inlets[next];
            Batch batch = inlet.blocked ? null : inlet.channel.poll();
            if (batch != null) {
                return process(inlet, batch, chain, budget);
            }
        }
        return Taken.NOTHING;
    }

    private Taken process(Inlet inlet, Batch batch, Chain chain, int budget) {
        final Port port = chain.entry(inlet.input);
        final Object[] values = batch.values;
        final long[] timestamps = batch.timestamps;
        final int size = batch.size;
        for (int i = 0; i < size; i++) {
            port.emit(values[i], timestamps[i]);
        }
        if (!batch.hasControl()) {
            inlet.channel.recycle(batch);
            return Taken.SOMETHING;
        }
        if (!applyTime(inlet, batch, chain, budget)) {
            interrupted = inlet;
            interruptedBatch = batch;
            return Taken.BUSY;
        }
        return finish(inlet, batch);
    }

    private boolean applyTime(Inlet inlet, Batch batch, Chain chain, int budget) {
        if (batch.watermark != Long.MIN_VALUE) {
            inlet.watermark = batch.watermark;
        }
        if (batch.idleness != Batch.UNCHANGED) {
            inlet.idle = batch.idleness == Batch.IDLE;
            inlet.idleReached = batch.idleReached;
        } else if (batch.size > 0) {
            inlet.idle = false;
        }
        if (allIdle(inlet.input)) {
            return chain.idle(inlet.input, idleReached(inlet.input), budget);
        }
        final long watermark = Math.max(watermarks[inlet.input], lowest(inlet.input));
        watermarks[inlet.input] = watermark;
        return chain.watermark(inlet.input, watermark, budget);
    }

    /** Returns whether an input has idle channels, and all others have ended. */
    private boolean allIdle(int input) {
        boolean anyIdle = false;
        for (Inlet inlet : inlets) {
            if (inlet.input == input) {
                if (!inlet.idle && inlet.watermark < Long.MAX_VALUE) {
                    return false;
                }
                anyIdle |= inlet.idle;
            }
        }
        return anyIdle;
    }

    /** Returns how far the idle channels of an input are: none of them holds back another. */
    private long idleReached(int input) {
        long reached = Long.MIN_VALUE;
        for (Inlet inlet : inlets) {
            if (inlet.input == input && inlet.idle) {
                reached = Math.max(reached, inlet.idleReached);
            }
        }
        return reached;
    }

    /**
     * Returns the smallest watermark of an input that is not idle as a whole. What subtasks that
     * idle as one still hold must not come too late because one of them woke first.
     */
    private long lowest(int input) {
        final boolean takesIdle = inputs.get(input).idlesAsOne();
        long lowest = Long.MAX_VALUE;
        for (Inlet inlet : inlets) {
            if (inlet.input == input && (takesIdle || !inlet.idle)) {
                lowest = Math.min(lowest, inlet.watermark);
            }
        }
        return lowest;
    }

    /** Applies what stands behind the watermark. */
    private Taken finish(Inlet inlet, Batch batch) {
        interrupted = null;
        interruptedBatch = null;
        boolean end = batch.end;
        long sent = batch.barrier;
        inlet.channel.recycle(batch);
        if (end) {
            ends++;
        }
        if (sent != 0) {
            assert !end : "a barrier and the end do not share a batch";
            assert barriers == 0 || sent == barrier : "barriers of two checkpoints meet";
            barrier = sent;
            inlet.blocked = true;
            barriers++;
            return barriers == inlets.length ? Taken.BARRIER : Taken.SOMETHING;
        }
        return end && ends == inlets.length ? Taken.END : Taken.SOMETHING;
    }

    @Override
    public long barrier() {
        return barrier;
    }

    @Override
    public boolean barrierPending() {
        return false;
    }

    @Override
    public void barrierPassed() {
        barriers = 0;
        for (Inlet inlet : inlets) {
            inlet.blocked = false;
        }
    }

    @Override
    public void onCommand(Command command) {
        throw new IllegalStateException("only sources take commands, found " + command);
    }

    @Override
    public List<SubtaskSnapshot.SplitPart> splits() {
        return List.of();
    }

    @Override
    public void close() {}
}
