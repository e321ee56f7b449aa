package io.headrace;

import io.headrace.type.BytesIn;
import io.headrace.type.BytesOut;
import io.headrace.type.Codec;
import io.headrace.type.DecodeException;
import java.io.Serializable;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * How an accumulator of this project is stored. Name and bytes are frozen: they stand in
 * checkpoints, and {@code AggregateCodecsTest} pins them.
 *
 * @param name {@code agg.} and what is accumulated
 * @param writer writes version 1
 * @param reader reads version 1; total, see {@link Codec#read}
 * @param <A> the accumulator
 */
record AccumulatorCodec<A>(String name, ToBytes<A> writer, FromBytes<A> reader)
        implements Codec<A>, Serializable {
    private static final int VERSION = 1;

    /** Writes an accumulator. */
    interface ToBytes<A> extends BiConsumer<A, BytesOut>, Serializable {}

    /** Reads an accumulator. */
    interface FromBytes<A> extends Function<BytesIn, A>, Serializable {}

    @Override
    public int version() {
        return VERSION;
    }

    @Override
    public void write(A value, BytesOut out) {
        writer.accept(value, out);
    }

    @Override
    public A read(BytesIn in, int writtenVersion) {
        if (writtenVersion != VERSION) {
            throw new DecodeException(
                    name + " has version " + VERSION + " only, found " + writtenVersion);
        }
        return reader.apply(in);
    }

    /** Reads a number of values, which cannot be negative. */
    static long readCount(BytesIn in) {
        long count = in.readVarLong();
        if (count < 0) {
            throw new DecodeException("a number of values is not negative, found " + count);
        }
        return count;
    }
}
