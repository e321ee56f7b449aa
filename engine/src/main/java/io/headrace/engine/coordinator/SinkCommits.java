package io.headrace.engine.coordinator;

import io.headrace.JobFailedException;
import io.headrace.connector.Committer;
import io.headrace.connector.ConnectorException;
import io.headrace.connector.EpochPieces;
import io.headrace.connector.Guarantee;
import io.headrace.connector.Lineage;
import io.headrace.connector.Outcome;
import io.headrace.connector.Piece;
import io.headrace.connector.Sink;
import io.headrace.graph.Graph;
import io.headrace.graph.Step;
import io.headrace.kernel.checkpoint.Manifest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Commits the exactly-once sinks of a job: each epoch after the checkpoint that contains it is
 * durable, in order, without gaps.
 *
 * <p>Pieces of a checkpoint that was given up stay in front of the next epoch: what a sink sealed
 * once is committed or lost with the process, never dropped.
 */
final class SinkCommits implements AutoCloseable {
    private final Lineage lineage;
    private final long owner;
    private final Map<String, SinkState> sinks = new LinkedHashMap<>();

    private static final class SinkState {
        final Sink<?> sink;
        final Committer committer;
        final List<Piece> sealed = new ArrayList<>();
        long epoch;

        SinkState(Sink<?> sink, Committer committer) {
            this.sink = sink;
            this.committer = committer;
        }
    }

    SinkCommits(Graph graph, Lineage lineage, long owner) {
        this.lineage = lineage;
        this.owner = owner;
        for (Step step : graph.steps()) {
            if (step instanceof Step.Write write
                    && write.sink().guarantee() == Guarantee.EXACTLY_ONCE) {
                Committer committer =
                        write.sink()
                                .committer()
                                .orElseThrow(
                                        () ->
                                                new IllegalArgumentException(
                                                        "sink "
                                                                + step.name()
                                                                + " promises EXACTLY_ONCE and has"
                                                                + " no committer"));
                sinks.put(step.name(), new SinkState(write.sink(), committer));
            }
        }
    }

    /** Fences earlier owners, then shows what the restored checkpoint contains. */
    void recover(Manifest restored) {
        List<Manifest.SinkState> saved = ownSinks(restored);
        sinks.forEach((step, sink) -> fence(step, sink, saved));
        for (Manifest.SinkState state : saved) {
            SinkState sink = sinks.get(state.step());
            if (sink != null) {
                sink.epoch = state.epoch();
                commit(state.step(), sink, state.pieces());
            }
        }
        sinks.values().forEach(sink -> sink.committer.recovered(lineage, owner));
    }

    /** Each lineage counts its own epochs: one that starts from a savepoint has committed none. */
    private List<Manifest.SinkState> ownSinks(Manifest restored) {
        boolean own = restored != null && restored.head().lineage().id().equals(lineage.id());
        return own ? restored.sinks() : List.of();
    }

    private void fence(String step, SinkState sink, List<Manifest.SinkState> saved) {
        long marker = sink.committer.fence(lineage, owner);
        long epoch =
                saved.stream()
                        .filter(state -> state.step().equals(step))
                        .mapToLong(Manifest.SinkState::epoch)
                        .findFirst()
                        .orElse(0);
        if (marker != Committer.NO_MARKER && marker != epoch && marker != epoch - 1) {
            throw new JobFailedException(
                    "sink "
                            + step
                            + ": "
                            + sink.sink.target()
                            + " has committed epoch "
                            + marker
                            + " of lineage "
                            + lineage.id()
                            + ", the checkpoint has epoch "
                            + epoch
                            + ": start from the newest checkpoint, or as a new lineage",
                    null);
        }
    }

    /** Adds what a subtask sealed. */
    void sealed(String step, List<Piece> pieces) {
        SinkState sink = sinks.get(step);
        if (sink != null) {
            sink.sealed.addAll(pieces);
        }
    }

    /** Returns what the next checkpoint contains. */
    List<Manifest.SinkState> next() {
        List<Manifest.SinkState> states = new ArrayList<>();
        sinks.forEach(
                (step, sink) ->
                        states.add(
                                new Manifest.SinkState(
                                        step,
                                        sink.sink.target(),
                                        sink.epoch + 1,
                                        List.copyOf(sink.sealed))));
        return states;
    }

    /** The checkpoint with what {@link #next} returned is durable: shows it. */
    void commitNext() {
        sinks.forEach(
                (step, sink) -> {
                    sink.epoch++;
                    commit(step, sink, sink.sealed);
                    sink.sealed.clear();
                });
    }

    private void commit(String step, SinkState sink, List<Piece> pieces) {
        EpochPieces epoch = new EpochPieces(lineage, owner, sink.epoch, pieces);
        Outcome outcome = sink.committer.commit(epoch);
        if (outcome == Outcome.LOST) {
            throw ConnectorException.fatal(
                    "sink "
                            + step
                            + ": epoch "
                            + sink.epoch
                            + " of lineage "
                            + lineage.id()
                            + " can no longer be committed to "
                            + sink.sink.target()
                            + ": its pieces are neither pending nor published. Restore the target"
                            + " or start over",
                    null);
        }
    }

    @Override
    public void close() {
        sinks.values().forEach(sink -> sink.committer.close());
    }
}
