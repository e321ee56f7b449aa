package io.headrace;

import java.util.List;
import java.util.Map;

/**
 * What a job has done: counters over the life of its state, exact over crashes because they are
 * part of each checkpoint, and gauges of this moment.
 *
 * @param steps one entry per step, in the order of the pipeline
 * @param checkpoints how many checkpoints became durable over the life of the state
 * @param checkpointAgeMillis how long ago the newest one became durable, −1 if there is none
 * @param checkpointMillis how long it took, from its trigger until it was durable
 * @param recoveries how often a checkpoint was restored over the life of the state
 * @param replayed how many records were read again because of that
 * @param watermarkMillis the smallest watermark of the sources, in milliseconds since 1970
 * @param eventTimeMillis the highest timestamp that a source has seen
 * @param failures the failures that led to a restart since this process started, newest last
 */
public record JobMetrics(
        List<StepMetrics> steps,
        long checkpoints,
        long checkpointAgeMillis,
        long checkpointMillis,
        long recoveries,
        long replayed,
        long watermarkMillis,
        long eventTimeMillis,
        List<String> failures) {
    /** Copies the lists. */
    public JobMetrics {
        steps = List.copyOf(steps);
        failures = List.copyOf(failures);
    }

    /**
     * The counters of one step. For each step: in = processed + late + deadLetters; for a source,
     * in = out + deadLetters; for an exactly-once sink, in = committed + pending.
     *
     * @param name the name of the step
     * @param in records that came in; for a source, that were read
     * @param out records emitted to the main output
     * @param late records that came too late
     * @param deadLetters records that became dead letters
     * @param committed for a sink, records that its target shows
     * @param extra counters of this kind of step only, by name
     * @param frequentKeys for a {@code keyBy}, the keys with the most records of late, the most
     *     frequent first: at most 5, and none with less than a hundredth of the records. Gauges of
     *     this process, from samples
     * @param inBySubtask the records that came into each of its subtasks, by their numbers, since
     *     the job was started or restarted in this process; empty once it has ended before
     */
    public record StepMetrics(
            String name,
            long in,
            long out,
            long late,
            long deadLetters,
            long committed,
            Map<String, Long> extra,
            List<KeyShare> frequentKeys,
            List<Long> inBySubtask) {
        /** Copies the collections. */
        public StepMetrics {
            extra = Map.copyOf(extra);
            frequentKeys = List.copyOf(frequentKeys);
            inBySubtask = List.copyOf(inBySubtask);
        }
    }

    /**
     * How many of the records of a step have one key: with a share of a half, one subtask has at
     * least half of the work, whatever the parallelism.
     *
     * @param key the key as text, its first 40 letters
     * @param share from 0 to 1, approximately; too high by a 64th at most, but for chance
     */
    public record KeyShare(String key, double share) {}

    /** Returns the counters of a step. */
    public StepMetrics step(String name) {
        return steps.stream()
                .filter(step -> step.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no step named " + name));
    }
}
