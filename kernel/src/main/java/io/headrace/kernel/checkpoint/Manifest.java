package io.headrace.kernel.checkpoint;

import io.headrace.connector.Lineage;
import io.headrace.connector.Piece;
import io.headrace.kernel.time.SplitTime;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What makes files one checkpoint: a checkpoint exists exactly if its manifest verifies. Immutable.
 *
 * @param head whose checkpoint it is
 * @param steps the steps that have state
 * @param sources where to go on reading
 * @param sinks what is to be committed, in the order of the epochs of each sink
 * @param counters by step, then by name
 */
public record Manifest(
        Head head,
        List<StepState> steps,
        List<SourceState> sources,
        List<SinkState> sinks,
        Map<String, Map<String, Long>> counters) {
    /** The version of the form. 0 until it is frozen. */
    public static final int FORMAT = 0;

    /** Copies the collections. */
    public Manifest {
        Objects.requireNonNull(head, "head");
        steps = List.copyOf(steps);
        sources = List.copyOf(sources);
        sinks = List.copyOf(sinks);
        Map<String, Map<String, Long>> copy = new TreeMap<>();
        counters.forEach((step, values) -> copy.put(step, Map.copyOf(values)));
        counters = java.util.Collections.unmodifiableMap(copy);
    }

    /**
     * Whose checkpoint it is.
     *
     * @param job the name of the pipeline
     * @param epoch the id of the checkpoint
     * @param keyGroups how many key groups there are
     * @param finished whether the input has ended and nothing is left to do
     * @param fingerprint of the names, types, states and shapes of the steps
     */
    public record Head(
            String job,
            Lineage lineage,
            long epoch,
            int keyGroups,
            boolean finished,
            String fingerprint) {
        /** Checks what must be there. */
        public Head {
            Objects.requireNonNull(job, "job");
            Objects.requireNonNull(lineage, "lineage");
            Objects.requireNonNull(fingerprint, "fingerprint");
        }
    }

    /**
     * The state of one step.
     *
     * @param shape what the state means beyond its schema, by name
     * @param watermarks one per key group; {@link Long#MIN_VALUE} before the first, and without
     *     event time
     * @param files relative to the checkpoint; together they hold every key group once
     */
    public record StepState(
            StepSchema schema,
            SortedMap<String, String> shape,
            List<Long> watermarks,
            List<FileEntry> files) {
        /** Copies the collections. */
        public StepState {
            Objects.requireNonNull(schema, "schema");
            shape = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(shape));
            watermarks = List.copyOf(watermarks);
            files = List.copyOf(files);
        }
    }

    /**
     * Where a source goes on.
     *
     * @param enumerator what its enumerator returned; null if it returned nothing
     * @param splits the splits that are not finished
     * @param redriven up to which batch redriven dead letters were handed out, see design note 007
     */
    public record SourceState(
            String step, Blob enumerator, List<SplitState> splits, long redriven) {
        /** Copies the list. */
        public SourceState {
            Objects.requireNonNull(step, "step");
            splits = List.copyOf(splits);
        }

        /** Creates the state of a source that nothing was redriven to. */
        public SourceState(String step, Blob enumerator, List<SplitState> splits) {
            this(step, enumerator, splits, 0);
        }
    }

    /**
     * Where a split goes on.
     *
     * @param position null if nothing was read from it
     * @param time how far its time is
     */
    public record SplitState(String id, Encoded split, Encoded position, SplitTime time) {
        /** Checks what must be there. */
        public SplitState {
            Objects.requireNonNull(id, "id");
            Objects.requireNonNull(split, "split");
            Objects.requireNonNull(time, "time");
        }
    }

    /**
     * A value as its codec wrote it.
     *
     * @param codec the name of the codec
     * @param version the version that wrote the bytes
     */
    public record Encoded(String codec, int version, Blob value) {
        /** Checks what must be there. */
        public Encoded {
            Objects.requireNonNull(codec, "codec");
            Objects.requireNonNull(value, "value");
        }
    }

    /**
     * What one sink wrote in one epoch and has not been seen to commit.
     *
     * @param epoch the number of the epoch in the sink
     */
    public record SinkState(String step, String target, long epoch, List<Piece> pieces) {
        /** Copies the list. */
        public SinkState {
            Objects.requireNonNull(step, "step");
            Objects.requireNonNull(target, "target");
            pieces = List.copyOf(pieces);
        }
    }
}
