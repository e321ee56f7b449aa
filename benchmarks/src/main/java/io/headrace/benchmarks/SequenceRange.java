package io.headrace.benchmarks;

import io.headrace.connector.Split;
import io.headrace.type.BytesIn;
import io.headrace.type.BytesOut;
import io.headrace.type.Codec;
import io.headrace.type.DecodeException;

/**
 * Every {@code count}-th block of sequence numbers. Blocks of all ranges take turns, so that event
 * time advances in all of them together.
 *
 * @param index 0 to count − 1
 * @param count how many ranges there are
 * @param events the first sequence number that is no longer read
 */
record SequenceRange(int index, int count, long events) implements Split {
    /** Long enough to be cheap, and 10 ms of event time only. */
    static final int BLOCK_EVENTS = 1000;

    @Override
    public String id() {
        return index + "-of-" + count;
    }

    /** Returns the first sequence number, which is {@code events} or more if there is none. */
    long first() {
        return (long) index * BLOCK_EVENTS;
    }

    /** Returns the end of the block that a sequence number of this range is in. */
    long blockEnd(long sequence) {
        return Math.min(events, (sequence / BLOCK_EVENTS + 1) * BLOCK_EVENTS);
    }

    /** Returns where to go on behind a block. */
    long nextBlock(long blockEnd) {
        return blockEnd + (count - 1L) * BLOCK_EVENTS;
    }

    /** Stores a range. */
    static final class RangeCodec implements Codec<SequenceRange> {
        @Override
        public String name() {
            return "benchmarks.range";
        }

        @Override
        public int version() {
            return 1;
        }

        @Override
        public void write(SequenceRange value, BytesOut out) {
            out.writeVarInt(value.index);
            out.writeVarInt(value.count);
            out.writeVarLong(value.events);
        }

        @Override
        public SequenceRange read(BytesIn in, int writtenVersion) {
            SequenceRange range =
                    new SequenceRange(in.readVarInt(), in.readVarInt(), in.readVarLong());
            if (range.index < 0 || range.index >= range.count || range.events < 0) {
                throw new DecodeException("not a range of sequence numbers: " + range);
            }
            return range;
        }
    }

    /** Stores a position: the next sequence number. */
    static final class PositionCodec implements Codec<Long> {
        @Override
        public String name() {
            return "benchmarks.sequence";
        }

        @Override
        public int version() {
            return 1;
        }

        @Override
        public void write(Long value, BytesOut out) {
            out.writeVarLong(value);
        }

        @Override
        public Long read(BytesIn in, int writtenVersion) {
            long sequence = in.readVarLong();
            if (sequence < 0) {
                throw new DecodeException("a sequence number is not negative, found " + sequence);
            }
            return sequence;
        }
    }
}
