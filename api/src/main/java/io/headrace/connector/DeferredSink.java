package io.headrace.connector;

import io.headrace.type.Codec;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * An exactly-once sink for any target that can change records and a marker together.
 *
 * <p>The output of an epoch is first written to files beside the state, and becomes part of a
 * checkpoint; when that is durable, one short transaction of the target applies it. Nothing stays
 * open in the target between checkpoints, so that no time-out can lose an epoch, and the output is
 * never held in memory.
 *
 * @param <T> the records
 */
public final class DeferredSink<T> implements Sink<T> {
    private final String name;
    private final String target;
    private final Codec<T> codec;
    private final Supplier<? extends EpochApplier<T>> applier;

    private DeferredSink(
            String name,
            String target,
            Codec<T> codec,
            Supplier<? extends EpochApplier<T>> applier) {
        this.name = Objects.requireNonNull(name, "name");
        this.target = Objects.requireNonNull(target, "target");
        this.codec = Objects.requireNonNull(codec, "codec");
        this.applier = Objects.requireNonNull(applier, "applier");
    }

    /**
     * Creates the sink.
     *
     * @param name the name of its step unless the pipeline gives another
     * @param target the target in full, for checkpoints and people
     * @param codec how records are kept until they are applied
     * @param applier connects to the target; called once per start of a job
     */
    public static <T> DeferredSink<T> of(
            String name,
            String target,
            Codec<T> codec,
            Supplier<? extends EpochApplier<T>> applier) {
        return new DeferredSink<>(name, target, codec, applier);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String target() {
        return target;
    }

    @Override
    public Guarantee guarantee() {
        return Guarantee.EXACTLY_ONCE;
    }

    @Override
    public SinkWriter<T> writer(SinkContext context) {
        return new EpochLogWriter<>(codec, target, context);
    }

    @Override
    public Optional<Committer> committer() {
        return Optional.of(new EpochLogCommitter<>(codec, applier.get()));
    }
}
