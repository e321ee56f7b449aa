package io.headrace.connector;

import java.util.Optional;

/**
 * Where records go. A sink is a description: immutable, thread-safe and serializable if the
 * pipeline is to be portable.
 *
 * <p>An exactly-once sink works in two phases. While an epoch runs, its writers put records where
 * no reader of the target sees them; at the end they name what they wrote as {@link Piece}s, which
 * become part of a checkpoint. Once that checkpoint is durable, the one {@link Committer} of the
 * sink shows the pieces of all subtasks. A piece that is in a durable checkpoint may be committed
 * again, by another process too, so that commits are idempotent.
 *
 * @param <T> the records
 */
public interface Sink<T> {
    /** Returns the name that its step has unless the pipeline gives another. */
    String name();

    /** Returns the target in full, for checkpoints and people: a directory, a topic, a table. */
    String target();

    /** Returns what the target's readers may rely on. */
    Guarantee guarantee();

    /** Creates a writer; called once per subtask, on the thread that will use it. */
    SinkWriter<T> writer(SinkContext context);

    /** Creates the committer; present exactly if the guarantee is {@code EXACTLY_ONCE}. */
    Optional<Committer> committer();
}
