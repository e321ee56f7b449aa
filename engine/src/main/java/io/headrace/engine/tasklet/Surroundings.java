package io.headrace.engine.tasklet;

import io.headrace.connector.Lineage;
import io.headrace.engine.queue.Signal;
import io.headrace.kernel.function.OperatorClasses;
import io.headrace.kernel.time.Clock;
import java.nio.file.Path;
import java.util.List;

/**
 * What an execution runs in. A simulation gives a virtual clock.
 *
 * @param workers one signal per worker; tasklets are dealt out to them
 * @param coordinator wakes the coordinator
 * @param lineage the history the job continues
 * @param owner the fencing epoch of this process
 * @param scratch a directory for pieces that sinks keep beside the state
 * @param limits how much fits between subtasks
 * @param classes what operators are made of
 * @param inspector is shown the chains; a job has none
 */
public record Surroundings(
        Clock clock,
        List<Signal> workers,
        Signal coordinator,
        Lineage lineage,
        long owner,
        Path scratch,
        Limits limits,
        OperatorClasses classes,
        Inspector inspector) {
    /** Copies the list. */
    public Surroundings {
        workers = List.copyOf(workers);
    }
}
