package io.headrace.connector;

import io.headrace.type.Codec;
import io.headrace.type.Type;

/**
 * Where records come from. A source is a description: immutable, thread-safe and serializable if
 * the pipeline is to be portable. A runner asks it for one enumerator per job and for one reader
 * per subtask.
 *
 * @param <T> the records
 * @param <S> the splits
 * @param <P> a position within a split
 */
public interface Source<T, S extends Split, P> {
    /** Returns the name that its step has unless the pipeline gives another, e.g. a topic. */
    String name();

    /** Returns the type of the records. */
    Type<T> type();

    /** Returns whether the input ends. */
    boolean bounded();

    /** Returns how records get their timestamps. */
    EventTime<T> eventTime();

    /**
     * Creates the enumerator.
     *
     * @param saved what {@link Enumerator#snapshot()} returned, or null in a new job
     * @throws ConnectorException if the source cannot be found
     */
    Enumerator<S> enumerator(byte[] saved);

    /** Creates a reader; called once per subtask, on the thread that will use it. */
    Reader<T, S, P> reader(ReaderContext context);

    /** Returns how splits are stored in checkpoints. */
    Codec<S> splitCodec();

    /** Returns how positions are stored in checkpoints. */
    Codec<P> positionCodec();
}
