package io.headrace.kernel.function;

import io.headrace.state.AccumulatorState;
import io.headrace.state.ListState;
import io.headrace.state.MapState;
import io.headrace.state.StateDeclaration;
import io.headrace.state.StateHandles;
import io.headrace.state.TimeSeries;
import io.headrace.state.Timer;
import io.headrace.state.TimerDeclaration;
import io.headrace.state.ValueState;
import java.lang.reflect.Proxy;

/** Handles that a function finds while there is no key: whatever it calls is refused. */
final class NoKey implements StateHandles {
    static final StateHandles HANDLES = new NoKey();

    private NoKey() {}

    private static <H> H refusing(Class<H> type, String what) {
        Object handle =
                Proxy.newProxyInstance(
                        type.getClassLoader(),
                        new Class<?>[] {type},
                        (proxy, method, arguments) -> {
                            throw new IllegalStateException(
                                    what
                                            + " belongs to a key, and a control record has none:"
                                            + " keep it in a broadcastState, or use it where"
                                            + " records are processed");
                        });
        return type.cast(handle);
    }

    @Override
    @SuppressWarnings("unchecked") // It never gives or takes a value.
    public <V> ValueState<V> value(StateDeclaration declaration) {
        return refusing(ValueState.class, "state " + declaration.name());
    }

    @Override
    @SuppressWarnings("unchecked") // It never gives or takes a value.
    public <V> ListState<V> list(StateDeclaration declaration) {
        return refusing(ListState.class, "state " + declaration.name());
    }

    @Override
    @SuppressWarnings("unchecked") // It never gives or takes a value.
    public <U, V> MapState<U, V> map(StateDeclaration declaration) {
        return refusing(MapState.class, "state " + declaration.name());
    }

    @Override
    @SuppressWarnings("unchecked") // It never gives or takes a value.
    public <A> AccumulatorState<A> accumulator(StateDeclaration declaration) {
        return refusing(AccumulatorState.class, "state " + declaration.name());
    }

    @Override
    @SuppressWarnings("unchecked") // It never gives or takes a value.
    public <V> TimeSeries<V> timeSeries(StateDeclaration declaration) {
        return refusing(TimeSeries.class, "state " + declaration.name());
    }

    @Override
    public Timer timer(TimerDeclaration declaration) {
        return refusing(Timer.class, "timer " + declaration.name());
    }
}
