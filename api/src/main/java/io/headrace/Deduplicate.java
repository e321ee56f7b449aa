package io.headrace;

import io.headrace.function.Context;
import io.headrace.function.Fn;
import io.headrace.function.Output;
import io.headrace.function.ProcessFunction;
import io.headrace.state.MapState;
import io.headrace.state.Timer;
import io.headrace.type.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Drops records whose id was there within a duration. State: {@code seen}, for each id the times of
 * the records that were emitted and that a record in time may still repeat.
 *
 * <p>What the watermark has passed by the duration is not looked at any more, whether or not it was
 * swept. The timer {@code forget} sweeps all ids of a key at once, a sixteenth of the duration
 * late, so that an id costs a bounded number of looks however many there are.
 */
final class Deduplicate<K, T, I> extends ProcessFunction<K, T, T> {
    private static final int SWEEPS_PER_DURATION = 16;
    private static final Type<List<Long>> TIMES = ContainerTypes.list(Type.of(Long.class));

    private final Fn<? super T, ? extends I> id;
    private final long withinMillis;
    private final ValueType<I> ids;
    private final MapState<I, List<Long>> seen;
    private final Timer forget = eventTimeTimer("forget");

    Deduplicate(Fn<? super T, ? extends I> id, long withinMillis, ValueType<I> ids) {
        this.id = id;
        this.withinMillis = withinMillis;
        this.ids = ids;
        this.seen = mapState("seen", ids.type(), TIMES);
    }

    @Override
    public void process(T value, Context<K> context, Output<T> out) throws Exception {
        final I found = ids.checked("deduplicate", id.apply(value));
        final long time = context.timestamp();
        final List<Long> known = inReach(seen.get(found), context.watermark());
        for (long first : known) {
            if (time < after(first) && first < after(time)) {
                return;
            }
        }
        if (after(time) - 1 > context.watermark()) {
            known.add(time);
            seen.put(found, known);
            if (forget.time().isEmpty()) {
                forget.set(sweepOf(time));
            }
        }
        out.emit(value);
    }

    @Override
    public void onTimer(String timer, long time, Context<K> context, Output<T> out) {
        List<Map.Entry<I, List<Long>>> before = new ArrayList<>();
        seen.entries().forEach(entry -> before.add(Map.entry(entry.getKey(), entry.getValue())));
        long earliest = Long.MAX_VALUE;
        for (Map.Entry<I, List<Long>> entry : before) {
            List<Long> known = inReach(entry.getValue(), context.watermark());
            if (known.isEmpty()) {
                seen.remove(entry.getKey());
            } else if (known.size() < entry.getValue().size()) {
                seen.put(entry.getKey(), known);
            }
            for (long first : known) {
                earliest = Math.min(earliest, first);
            }
        }
        if (earliest < Long.MAX_VALUE) {
            forget.set(sweepOf(earliest));
        }
    }

    /** Returns a copy of the times that a record which is not late may still be near to. */
    private List<Long> inReach(List<Long> times, long watermark) {
        List<Long> known = new ArrayList<>();
        if (times != null) {
            for (long first : times) {
                if (after(first) - 1 > watermark) {
                    known.add(first);
                }
            }
        }
        return known;
    }

    private long sweepOf(long first) {
        return plus(after(first) - 1, withinMillis / SWEEPS_PER_DURATION);
    }

    /** Returns the first time that is not near any more. */
    private long after(long time) {
        return plus(time, withinMillis);
    }

    private static long plus(long time, long millis) {
        return time > Long.MAX_VALUE - millis ? Long.MAX_VALUE : time + millis;
    }
}
