package io.headrace.engine.tasklet;

import io.headrace.kernel.checkpoint.Manifest;
import io.headrace.kernel.checkpoint.Store;
import java.util.Optional;

/**
 * The checkpoint or savepoint that an execution starts from.
 *
 * @param store where its files are
 * @param directory the directory of its files in the store
 * @param manifest what it holds
 */
public record Restored(Store store, String directory, Manifest manifest) {
    /** Returns the state of a step, if there is some. */
    public Optional<Manifest.StepState> step(String name) {
        return manifest.steps().stream()
                .filter(state -> state.schema().step().equals(name))
                .findFirst();
    }

    /** Returns the state of a source, if there is some. */
    public Optional<Manifest.SourceState> source(String name) {
        return manifest.sources().stream().filter(one -> one.step().equals(name)).findFirst();
    }
}
