package io.headrace.testkit;

import io.headrace.connector.Enumerator;
import io.headrace.connector.EventTime;
import io.headrace.connector.Reader;
import io.headrace.connector.ReaderContext;
import io.headrace.connector.Source;
import io.headrace.connector.Split;
import io.headrace.function.ToLongFn;
import io.headrace.type.Codec;
import io.headrace.type.Type;
import java.time.Duration;

/**
 * A source for pipelines that are built in tests: only a {@link PipelineTester} can feed it, no
 * runner can run it. Immutable: each method returns a changed copy.
 *
 * @param <T> the records
 */
public final class FedSource<T> implements Source<T, Split, Object> {
    private final String name;
    private final Type<T> type;
    private final boolean bounded;
    private final EventTime<T> eventTime;

    private FedSource(String name, Type<T> type, boolean bounded, EventTime<T> eventTime) {
        this.name = name;
        this.type = type;
        this.bounded = bounded;
        this.eventTime = eventTime;
    }

    /** Returns an unbounded source without event time. */
    public static <T> FedSource<T> of(String name, Class<T> type) {
        return of(name, Type.of(type));
    }

    /** Returns an unbounded source without event time. */
    public static <T> FedSource<T> of(String name, Type<T> type) {
        return new FedSource<>(name, type, false, EventTime.none());
    }

    /** Makes it a source whose input ends, which is what some steps choose their defaults by. */
    public FedSource<T> ending() {
        return new FedSource<>(name, type, true, eventTime);
    }

    /** Reads the time from each record; the test moves the watermark. */
    public FedSource<T> eventTimeMillis(ToLongFn<? super T> time) {
        return new FedSource<>(name, type, bounded, EventTime.ofMillis(time, Duration.ZERO));
    }

    /** Gives records their times, and the watermark if it has a generator. */
    public FedSource<T> eventTime(EventTime<T> given) {
        return new FedSource<>(name, type, bounded, given);
    }

    /** Gives each record its time by itself: the test says which. */
    public FedSource<T> withTimestamps() {
        return new FedSource<>(name, type, bounded, EventTime.ofSourceWithWatermarks());
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Type<T> type() {
        return type;
    }

    @Override
    public boolean bounded() {
        return bounded;
    }

    @Override
    public EventTime<T> eventTime() {
        return eventTime;
    }

    @Override
    public Enumerator<Split> enumerator(byte[] saved) {
        throw onlyFed();
    }

    @Override
    public Reader<T, Split, Object> reader(ReaderContext context) {
        throw onlyFed();
    }

    @Override
    public Codec<Split> splitCodec() {
        throw onlyFed();
    }

    @Override
    public Codec<Object> positionCodec() {
        throw onlyFed();
    }

    private UnsupportedOperationException onlyFed() {
        return new UnsupportedOperationException(
                "source "
                        + name
                        + " can only be fed by a PipelineTester: it has no input of its own");
    }
}
