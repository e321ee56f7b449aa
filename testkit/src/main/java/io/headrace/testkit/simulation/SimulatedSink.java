package io.headrace.testkit.simulation;

import io.headrace.connector.Committer;
import io.headrace.connector.EpochPieces;
import io.headrace.connector.Guarantee;
import io.headrace.connector.Lineage;
import io.headrace.connector.Outcome;
import io.headrace.connector.PieceOut;
import io.headrace.connector.Sink;
import io.headrace.connector.SinkContext;
import io.headrace.connector.SinkWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * An exactly-once sink for one process. Before and after each call its answer may be lost, or the
 * process may die.
 */
record SimulatedSink(TargetTable table, Faults faults, SplittableRandom random)
        implements Sink<String> {
    @Override
    public String name() {
        return table.name();
    }

    @Override
    public String target() {
        return "simulated:" + table.name();
    }

    @Override
    public Guarantee guarantee() {
        return Guarantee.EXACTLY_ONCE;
    }

    @Override
    public SinkWriter<String> writer(SinkContext context) {
        return new Writer(context);
    }

    @Override
    public Optional<Committer> committer() {
        return Optional.of(new Shown());
    }

    private final class Writer implements SinkWriter<String> {
        private final SinkContext context;
        private final List<String> lines = new ArrayList<>();

        Writer(SinkContext context) {
            this.context = context;
        }

        @Override
        public void write(String value, long timestampMillis) {
            lines.add(value);
        }

        @Override
        public boolean ready() {
            return random.nextInt(16) != 0;
        }

        @Override
        public boolean prepare(PieceOut out) {
            if (random.nextInt(4) == 0) {
                return false; // Not done yet: to be called again.
            }
            faults.beforeSeal();
            if (!lines.isEmpty()) {
                int half = random.nextInt(lines.size());
                if (half > 0) {
                    seal(out, lines.subList(0, half));
                }
                seal(out, lines.subList(half, lines.size()));
                lines.clear();
            }
            return true;
        }

        private void seal(PieceOut out, List<String> part) {
            out.add(table.seal(part, context.owner(), context.subtask()));
        }

        @Override
        public void close() {
            lines.clear();
        }
    }

    private final class Shown implements Committer {
        @Override
        public long fence(Lineage lineage, long owner) {
            faults.aroundCall("fence");
            long marker = table.fence(owner);
            faults.aroundCall("the answer to fence");
            return marker;
        }

        @Override
        public Outcome commit(EpochPieces epoch) {
            try {
                faults.aroundCall("commit");
            } catch (ProcessDied died) {
                table.delay(epoch);
                throw died;
            }
            Outcome outcome = table.commit(epoch);
            if (random.nextInt(10) == 0) {
                table.delay(epoch); // The network delivers it once more.
            }
            faults.aroundCall("the answer to commit");
            return outcome;
        }

        @Override
        public void recovered(Lineage lineage, long owner) {
            faults.aroundCall("recovered");
            table.removeUpTo(owner);
        }
    }
}
