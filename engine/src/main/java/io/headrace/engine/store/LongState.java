package io.headrace.engine.store;

import io.headrace.kernel.checkpoint.KeyGroupBuffers;
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

/**
 * The state of steps that keep one {@code Long} for a {@code Long}, and no timer: counts and sums
 * per id. Without an object per key, a key costs 16 to 48 bytes and a lookup one wait for memory.
 */
final class LongState implements KeyedStore, ValueState<Long> {
    private final StateLayout layout;
    private final EntryCodec codec;
    private final int cachedKeys;
    private final LongTable table;
    private KeyGroupBuffers snapshotTarget;
    private Object key;
    private int hash;
    private boolean present;

    LongState(StateLayout layout, EntryCodec codec, int cachedKeys) {
        this.cachedKeys = cachedKeys;
        this.layout = layout;
        this.codec = codec;
        this.table =
                new LongTable(
                        layout.step().hashCode(), SegmentedTable.SEGMENT_SLOTS_MAX, this::write);
    }

    /** Returns whether this class can keep the states of a layout. */
    static boolean suits(StateLayout layout) {
        return layout.keyType().reflected() == Long.class
                && layout.timers().isEmpty()
                && layout.states().size() == 1
                && layout.states().get(0).kind() == StateDeclaration.Kind.VALUE
                && layout.states().get(0).valueType().reflected() == Long.class;
    }

    @Override
    public long size() {
        return table.size();
    }

    // --- keys ---

    @Override
    public void seek(Object soughtKey, int soughtHash) {
        key = soughtKey;
        hash = soughtHash;
        present = table.seek((Long) soughtKey);
        if (snapshotTarget != null && present) {
            table.touch();
        }
    }

    @Override
    public boolean isLarge() {
        return table.size() > cachedKeys;
    }

    @Override
    public void expect(Object[] keys, int[] hashes, int count) {
        table.fetch(keys, count);
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

    // --- the value ---

    @Override
    public Long get() {
        return present ? (Long) table.value() : null;
    }

    @Override
    public void set(Long value) {
        if (present) {
            table.value(value);
            return;
        }
        table.add((Long) key, value);
        present = true;
    }

    @Override
    public void clear() {
        if (present) {
            present = false;
            table.remove();
        }
    }

    // --- handles ---

    @Override
    @SuppressWarnings("unchecked") // The only state there is holds Long.
    public <V> ValueState<V> value(StateDeclaration declaration) {
        if (!layout.states().contains(declaration)) {
            throw undeclared(declaration.name());
        }
        return (ValueState<V>) this;
    }

    @Override
    public <A> AccumulatorState<A> accumulator(StateDeclaration declaration) {
        throw undeclared(declaration.name());
    }

    @Override
    public <V> ListState<V> list(StateDeclaration declaration) {
        throw undeclared(declaration.name());
    }

    @Override
    public <U, V> MapState<U, V> map(StateDeclaration declaration) {
        throw undeclared(declaration.name());
    }

    @Override
    public <V> SeriesState<V> series(StateDeclaration declaration) {
        throw undeclared(declaration.name());
    }

    @Override
    public Timer timer(TimerDeclaration declaration) {
        throw undeclared(declaration.name());
    }

    private IllegalArgumentException undeclared(String name) {
        return new IllegalArgumentException(
                "step " + layout.step() + " declared one value, not " + name);
    }

    // --- timers: there are none ---

    @Override
    public boolean fire(TimeDomain domain, long upTo, int budget, TimerTarget target) {
        return false;
    }

    @Override
    public long nextTime(TimeDomain domain) {
        return Long.MAX_VALUE;
    }

    @Override
    public long dropProcessingTimers() {
        return 0;
    }

    // --- snapshots ---

    @Override
    public void startSnapshot(KeyGroupBuffers target) {
        assert snapshotTarget == null : "a snapshot is being taken";
        snapshotTarget = target;
        table.startSweep();
    }

    @Override
    public boolean sweep(int slots) {
        boolean more = table.sweep(slots);
        if (!more) {
            snapshotTarget = null;
        }
        return more;
    }

    private void write(long written, long value) {
        if (snapshotTarget != null) {
            codec.write(written, value, snapshotTarget);
        }
    }
}
