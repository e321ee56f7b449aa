package io.headrace.engine.tasklet;

import io.headrace.graph.Step;
import io.headrace.kernel.plan.Plan;
import io.headrace.kernel.plan.PlannedChain;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * All subtasks of one run of a plan, from one checkpoint until the end or a failure. It owns no
 * thread: workers step {@link #tasklets}, or a simulation does.
 */
public final class Execution implements AutoCloseable {
    private final Plan plan;
    private final List<Placed> subtasks;
    private final List<SourceProgress> sources;
    private boolean closed;

    /**
     * A subtask and its place.
     *
     * @param chain the chain
     * @param index which subtask of the chain
     * @param worker which worker steps it
     */
    public record Placed(PlannedChain chain, int index, int worker, Subtask subtask) {}

    private Execution(Plan plan, List<Placed> subtasks, List<SourceProgress> sources) {
        this.plan = plan;
        this.subtasks = List.copyOf(subtasks);
        this.sources = List.copyOf(sources);
    }

    /**
     * Builds all subtasks.
     *
     * @param restored where to go on, or null for a new job
     * @throws IOException if the checkpoint cannot be read
     * @throws io.headrace.StateRefusedException if its state does not fit the plan
     */
    public static Execution create(Plan plan, Surroundings surroundings, Restored restored)
            throws IOException {
        Channels channels =
                new Channels(plan, surroundings.workers(), surroundings.limits().batchesMax());
        List<SourceProgress> sources = new ArrayList<>();
        for (PlannedChain chain : plan.chains()) {
            for (int i = 0; isSource(plan, chain) && i < chain.parallelism(); i++) {
                sources.add(new SourceProgress());
            }
        }
        Alignment alignment = new Alignment(sources, plan.graph().settings().alignmentMillis());
        List<Placed> placed = new ArrayList<>();
        int source = 0;
        try {
            for (PlannedChain chain : plan.chains()) {
                for (int i = 0; i < chain.parallelism(); i++) {
                    Mailbox mailbox =
                            new Mailbox(channels.signal(chain, i), surroundings.coordinator());
                    SourceProgress progress = isSource(plan, chain) ? sources.get(source++) : null;
                    Subtask subtask =
                            new Assembly(plan, chain, i, surroundings, channels)
                                    .build(restored, alignment, progress, mailbox);
                    int worker = Channels.worker(chain, i, surroundings.workers().size());
                    placed.add(new Placed(chain, i, worker, subtask));
                }
            }
        } catch (IOException | RuntimeException | Error failed) {
            new Execution(plan, placed, sources).closeAfter(failed);
            throw failed;
        }
        return new Execution(plan, placed, sources);
    }

    private static boolean isSource(Plan plan, PlannedChain chain) {
        return plan.graph().step(chain.steps().get(0)) instanceof Step.Read;
    }

    /** Returns the plan. */
    public Plan plan() {
        return plan;
    }

    /** Returns all subtasks, chain by chain. */
    public List<Placed> subtasks() {
        return subtasks;
    }

    /** Returns the subtasks of a worker, in the order in which it steps them. */
    public List<Subtask> tasklets(int worker) {
        return subtasks.stream()
                .filter(placed -> placed.worker() == worker)
                .map(Placed::subtask)
                .toList();
    }

    /** Returns how far the sources are. */
    public List<SourceProgress> sources() {
        return sources;
    }

    /** Closes every subtask. Nothing steps them any more. */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        RuntimeException first = null;
        for (Placed placed : subtasks) {
            try {
                placed.subtask().close();
            } catch (RuntimeException failed) {
                first = first == null ? failed : first;
            }
        }
        if (first != null) {
            throw first;
        }
    }

    /** Closes every subtask after a failure, which is what counts: others are attached to it. */
    public void closeAfter(Throwable failure) {
        try {
            close();
        } catch (RuntimeException another) {
            failure.addSuppressed(another);
        }
    }
}
