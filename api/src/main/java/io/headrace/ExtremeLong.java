package io.headrace;

import io.headrace.function.Aggregator;
import io.headrace.function.ToLongFn;
import io.headrace.type.BytesIn;
import io.headrace.type.BytesOut;
import io.headrace.type.Type;

/** The smallest or the largest of longs. */
record ExtremeLong<T>(ToLongFn<? super T> function, boolean smallest)
        implements Aggregator<T, ExtremeLong.Found, Long> {
    private static final Type<Found> MIN = type("agg.min.long");
    private static final Type<Found> MAX = type("agg.max.long");

    /** The extreme so far, if there was a value. */
    static final class Found {
        private boolean present;
        private long value;

        static Found read(BytesIn in) {
            Found found = new Found();
            found.present = in.readBoolean();
            found.value = found.present ? in.readVarLong() : 0;
            return found;
        }

        void write(BytesOut out) {
            out.writeBoolean(present);
            if (present) {
                out.writeVarLong(value);
            }
        }
    }

    @Override
    public Type<Found> accumulatorType() {
        return smallest ? MIN : MAX;
    }

    @Override
    public Type<Long> resultType() {
        return Type.of(Long.class);
    }

    @Override
    public boolean commutes() {
        return true;
    }

    @Override
    public Found create() {
        return new Found();
    }

    @Override
    public Found add(Found found, T value) throws Exception {
        offer(found, function.applyAsLong(value));
        return found;
    }

    @Override
    public Found merge(Found first, Found second) {
        if (second.present) {
            offer(first, second.value);
        }
        return first;
    }

    @Override
    public Long result(Found found) {
        return found.present ? found.value : null;
    }

    private void offer(Found found, long value) {
        if (!found.present) {
            found.present = true;
            found.value = value;
        } else {
            found.value = smallest ? Math.min(found.value, value) : Math.max(found.value, value);
        }
    }

    private static Type<Found> type(String name) {
        return Type.of(Found.class, new AccumulatorCodec<>(name, Found::write, Found::read));
    }
}
