package io.headrace.flink;

import io.headrace.kernel.codec.Codecs;
import io.headrace.kernel.state.KeyedState;
import io.headrace.kernel.state.SeriesState;
import io.headrace.kernel.state.StateLayout;
import io.headrace.state.AccumulatorState;
import io.headrace.state.ListState;
import io.headrace.state.MapState;
import io.headrace.state.StateDeclaration;
import io.headrace.state.TimeDomain;
import io.headrace.state.Timer;
import io.headrace.state.TimerDeclaration;
import io.headrace.state.ValueState;
import io.headrace.type.BytesOut;
import io.headrace.type.Codec;
import io.headrace.type.Type;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.State;
import org.apache.flink.api.common.state.StateDescriptor;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeutils.base.LongSerializer;
import org.apache.flink.streaming.api.operators.InternalTimer;
import org.apache.flink.streaming.api.operators.InternalTimerService;
import org.apache.flink.streaming.api.operators.Triggerable;

/**
 * The state of one step as keyed state of Flink: a state of Flink for each declared one, and one
 * for the pending time of each timer, whose namespace in Flink's timer service is its name.
 *
 * <p>Flink fires the timers of a time in no promised order; here those of one key fire in the order
 * of their declaration, when the first of them comes.
 */
final class FlinkKeyedState implements KeyedState, Triggerable<StreamKey, String> {
    private final StateLayout layout;
    private final Host host;
    private final InternalTimerService<String> service;
    private final Map<StateDeclaration, Object> handles = new HashMap<>();
    private final List<FlinkTimer> timers = new ArrayList<>();
    private final ArrayDeque<InternalTimer<StreamKey, String>> due = new ArrayDeque<>();
    private final Codec<Object> keys;
    private final BytesOut buffer = new BytesOut(64);
    private Object key;
    private int hash;
    private TimerTarget target;

    /** What the operator of Flink does for its state. */
    interface Host {
        /** Makes a key current. */
        void key(StreamKey key);

        /** Returns the key that is current. */
        StreamKey currentKey();

        /** Returns a state of Flink. */
        <S extends State> S state(StateDescriptor<S, ?> descriptor) throws Exception;

        /** Returns the timer service. */
        InternalTimerService<String> timers(Triggerable<StreamKey, String> triggerable);

        /** Lets Flink fire the timers of event time. */
        void advance(long watermark) throws Exception;

        /** Timers of processing time are due: {@link #fire} is to be called. */
        void processingTimeIsDue();
    }

    FlinkKeyedState(StateLayout layout, Host host) {
        this.layout = layout;
        this.host = host;
        this.keys = codec(layout.keyType());
        this.service = host.timers(this);
        layout.states().forEach(state -> handles.put(state, handle(state)));
        for (TimerDeclaration timer : layout.timers()) {
            timers.add(
                    new FlinkTimer(
                            timer,
                            service,
                            StateCalls.get(() -> host.state(pendingTime(timer.name())))));
        }
    }

    private static ValueStateDescriptor<Long> pendingTime(String timer) {
        return new ValueStateDescriptor<>("timer:" + timer, LongSerializer.INSTANCE);
    }

    private Object handle(StateDeclaration state) {
        return StateCalls.get(
                () ->
                        switch (state.kind()) {
                            case VALUE -> value(state, Stored.Kind.VALUE);
                            case ACCUMULATOR -> value(state, Stored.Kind.ACCUMULATOR);
                            case SERIES -> series(state, Stored.Kind.SERIES);
                            case LIST -> {
                                StoredSerializer values = serializer(state, Stored.Kind.VALUE);
                                yield new FlinkList<>(
                                        host.state(new ListStateDescriptor<>(state.name(), values)),
                                        values);
                            }
                            case MAP -> {
                                StoredSerializer values = serializer(state, Stored.Kind.VALUE);
                                yield new FlinkMap<>(
                                        host.state(
                                                new MapStateDescriptor<>(
                                                        state.name(),
                                                        KeyBytes.Serializer.INSTANCE,
                                                        values)),
                                        codec(state.keyType()),
                                        values);
                            }
                        });
    }

    private FlinkValue<?> value(StateDeclaration state, Stored.Kind kind) throws Exception {
        StoredSerializer values = serializer(state, kind);
        return new FlinkValue<>(
                host.state(new ValueStateDescriptor<>(state.name(), values)), values);
    }

    private FlinkSeries<?> series(StateDeclaration state, Stored.Kind kind) throws Exception {
        return new FlinkSeries<>(value(state, kind));
    }

    private static StoredSerializer serializer(StateDeclaration state, Stored.Kind kind) {
        return new StoredSerializer(new Stored(kind, state.valueType()));
    }

    @SuppressWarnings("unchecked") // The handle is given out with the type of its declaration.
    private static Codec<Object> codec(Type<?> type) {
        return Codecs.of((Type<Object>) type);
    }

    // --- keys ---

    @Override
    public void seek(Object soughtKey, int soughtHash) {
        key = soughtKey;
        hash = soughtHash;
        host.key(StreamKey.of(key, hash, keys, buffer));
    }

    private void goTo(StreamKey known) {
        key = known.key(keys);
        hash = known.hashCode();
        host.key(known);
    }

    @Override
    public void settle() {}

    @Override
    public Object key() {
        return key;
    }

    @Override
    public int hash() {
        return hash;
    }

    // --- handles ---

    @Override
    @SuppressWarnings("unchecked") // Made with the type of the declaration.
    public <V> ValueState<V> value(StateDeclaration declaration) {
        return (ValueState<V>) handles.get(declaration);
    }

    @Override
    @SuppressWarnings("unchecked") // Made with the type of the declaration.
    public <A> AccumulatorState<A> accumulator(StateDeclaration declaration) {
        return (AccumulatorState<A>) handles.get(declaration);
    }

    @Override
    @SuppressWarnings("unchecked") // Made with the type of the declaration.
    public <V> ListState<V> list(StateDeclaration declaration) {
        return (ListState<V>) handles.get(declaration);
    }

    @Override
    @SuppressWarnings("unchecked") // Made with the type of the declaration.
    public <U, V> MapState<U, V> map(StateDeclaration declaration) {
        return (MapState<U, V>) handles.get(declaration);
    }

    @Override
    @SuppressWarnings("unchecked") // Made with the type of the declaration.
    public <V> SeriesState<V> series(StateDeclaration declaration) {
        return (SeriesState<V>) handles.get(declaration);
    }

    @Override
    public Timer timer(TimerDeclaration declaration) {
        return timers.get(layout.timers().indexOf(declaration));
    }

    // --- timers ---

    /** Fires what is due: Flink does it for event time; what is due by the clock waits here. */
    @Override
    public boolean fire(TimeDomain domain, long upTo, int budget, TimerTarget given) {
        target = given;
        if (domain == TimeDomain.EVENT_TIME) {
            StateCalls.run(() -> host.advance(upTo));
            return false;
        }
        while (!due.isEmpty()) {
            InternalTimer<StreamKey, String> timer = due.remove();
            fireAll(timer.getKey(), timer.getTimestamp(), TimeDomain.PROCESSING_TIME);
        }
        return false;
    }

    @Override
    public void onEventTime(InternalTimer<StreamKey, String> timer) {
        fireAll(timer.getKey(), timer.getTimestamp(), TimeDomain.EVENT_TIME);
    }

    @Override
    public void onProcessingTime(InternalTimer<StreamKey, String> timer) {
        due.add(timer);
        host.processingTimeIsDue();
    }

    private void fireAll(StreamKey owner, long time, TimeDomain domain) {
        for (int index = 0; index < timers.size(); index++) {
            goTo(owner);
            FlinkTimer timer = timers.get(index);
            if (timer.domain() == domain && timer.isPendingAt(time)) {
                timer.fired();
                target.onTimer(index, time);
            }
        }
    }

    /** What is due fires when Flink says so. */
    @Override
    public long nextTime(TimeDomain domain) {
        return domain == TimeDomain.EVENT_TIME || due.isEmpty() ? Long.MAX_VALUE : Long.MIN_VALUE;
    }

    @Override
    public long dropProcessingTimers() {
        List<StreamKey> owners = new ArrayList<>();
        StateCalls.run(
                () ->
                        service.forEachProcessingTimeTimer(
                                (timer, time) -> owners.add(host.currentKey())));
        long dropped = 0;
        for (StreamKey owner : owners) {
            goTo(owner);
            for (FlinkTimer timer : timers) {
                if (timer.domain() == TimeDomain.PROCESSING_TIME && timer.time().isPresent()) {
                    timer.clear();
                    dropped++;
                }
            }
        }
        due.clear();
        return dropped;
    }
}
