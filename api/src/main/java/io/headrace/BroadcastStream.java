package io.headrace;

import io.headrace.graph.Input;
import io.headrace.type.Type;

/**
 * A stream whose records all come to every subtask of the next step, in one order for all. A keyed
 * stream connects with it: see {@link KeyedStream#connect(BroadcastStream)}.
 *
 * @param <T> the records
 */
public final class BroadcastStream<T> extends DataStream<T> {
    BroadcastStream(Pipeline pipeline, Input input, Type<T> type, StreamTraits traits) {
        super(pipeline, input, type, traits);
    }

    @Override
    public <R> BroadcastStream<R> as(Type<R> known) {
        retype(known);
        return new BroadcastStream<>(pipeline, input, known, traits);
    }

    /** Refused: one subtask deals the records out, so that all get them in one order. */
    @Override
    public DataStream<T> parallelism(int subtasks) {
        throw new IllegalStateException(
                "broadcast has one subtask, so that all get the records in one order:"
                        + " set parallelism on the step behind it");
    }
}
