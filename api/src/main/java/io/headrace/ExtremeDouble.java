package io.headrace;

import io.headrace.function.Aggregator;
import io.headrace.function.ToDoubleFn;
import io.headrace.type.BytesIn;
import io.headrace.type.BytesOut;
import io.headrace.type.Type;

/** The smallest or the largest of doubles. */
record ExtremeDouble<T>(ToDoubleFn<? super T> function, boolean smallest)
        implements Aggregator<T, ExtremeDouble.Found, Double> {
    private static final Type<Found> MIN = type("agg.min.double");
    private static final Type<Found> MAX = type("agg.max.double");

    /** The extreme so far, if there was a value. */
    static final class Found {
        private boolean present;
        private double value;

        static Found read(BytesIn in) {
            Found found = new Found();
            found.present = in.readBoolean();
            found.value = found.present ? in.readDouble() : 0;
            return found;
        }

        void write(BytesOut out) {
            out.writeBoolean(present);
            if (present) {
                out.writeDouble(value);
            }
        }
    }

    @Override
    public Type<Found> accumulatorType() {
        return smallest ? MIN : MAX;
    }

    @Override
    public Type<Double> resultType() {
        return Type.of(Double.class);
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
        offer(found, function.applyAsDouble(value));
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
    public Double result(Found found) {
        return found.present ? found.value : null;
    }

    /** Keeps NaN in its one canonical form, so that the order of values leaves no trace. */
    private void offer(Found found, double value) {
        if (value != value || found.value != found.value) {
            found.present = true;
            found.value = Double.NaN;
        } else if (!found.present) {
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
