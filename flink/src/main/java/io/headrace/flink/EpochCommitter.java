package io.headrace.flink;

import io.headrace.connector.ConnectorException;
import io.headrace.connector.EpochPieces;
import io.headrace.connector.Lineage;
import io.headrace.connector.Outcome;
import io.headrace.graph.Step;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import org.apache.flink.api.connector.sink2.Committer;

/**
 * Shows the epochs of a sink in their order. They all come to one subtask; those of the others
 * never open their target.
 */
final class EpochCommitter implements Committer<Pieces> {
    private final Step.Write step;
    private final Lineage lineage;
    private final long owner;
    private io.headrace.connector.Committer committer;

    EpochCommitter(Step.Write step, Lineage lineage, long owner) {
        this.step = step;
        this.lineage = lineage;
        this.owner = owner;
    }

    @Override
    public void commit(Collection<CommitRequest<Pieces>> requests) {
        if (requests.isEmpty()) {
            return;
        }
        if (committer == null) {
            committer = step.sink().committer().orElseThrow();
            committer.fence(lineage, owner);
        }
        List<Pieces> epochs = new ArrayList<>();
        requests.forEach(request -> epochs.add(request.getCommittable()));
        epochs.sort(Comparator.comparingLong(Pieces::epoch));
        epochs.forEach(this::commit);
    }

    private void commit(Pieces epoch) {
        Outcome outcome =
                committer.commit(new EpochPieces(lineage, owner, epoch.epoch(), epoch.pieces()));
        if (outcome == Outcome.LOST) {
            throw ConnectorException.fatal(
                    "sink "
                            + step.name()
                            + ": epoch "
                            + epoch.epoch()
                            + " of lineage "
                            + lineage.id()
                            + " can no longer be committed to "
                            + step.sink().target()
                            + ": its pieces are neither pending nor published. Restore the target"
                            + " or start over",
                    null);
        }
    }

    @Override
    public void close() {
        if (committer != null) {
            committer.close();
        }
    }
}
