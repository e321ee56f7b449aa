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
import java.util.stream.IntStream;

/**
 * The state of one subtask of a step, in a table on the heap. All states and timers of a key share
 * one entry, so that a record costs one lookup.
 *
 * <p><b>Snapshot.</b> The table has a number that {@link #startSnapshot} raises; an entry remembers
 * up to which it has been written, so that nothing has to be reset.
 */
final class TableState implements KeyedStore {
    private final StateLayout layout;
    private final EntryTable table;
    private final EntryCodec codec;
    private final int cachedKeys;
    private final TimerBuckets eventTimers;
    private final TimerBuckets processingTimers;
    private int snapshot;
    private KeyGroupBuffers snapshotTarget;
    private Object key;
    private int hash;
    private Entry entry;
    private boolean removable;

    TableState(StateLayout layout, EntryCodec codec, int cachedKeys) {
        this.cachedKeys = cachedKeys;
        this.layout = layout;
        this.codec = codec;
        this.eventTimers = new TimerBuckets(timersOf(layout, TimeDomain.EVENT_TIME));
        this.processingTimers = new TimerBuckets(timersOf(layout, TimeDomain.PROCESSING_TIME));
        boolean longKeys = layout.keyType().reflected() == Long.class;
        this.table =
                new EntryTable(
                        layout.step().hashCode(),
                        longKeys,
                        SegmentedTable.SEGMENT_SLOTS_MAX,
                        this::touch);
    }

    private static int[] timersOf(StateLayout layout, TimeDomain domain) {
        return IntStream.range(0, layout.timers().size())
                .filter(index -> layout.timers().get(index).domain() == domain)
                .toArray();
    }

    @Override
    public long size() {
        return table.size();
    }

    // --- keys ---

    @Override
    public void seek(Object soughtKey, int soughtHash) {
        if (entry == null || soughtKey != key) { // Records of one key often come together.
            key = soughtKey;
            hash = soughtHash;
            entry = table.find(soughtKey, soughtHash);
        }
        if (entry != null) {
            touch(entry);
        }
    }

    /** Makes the key of an entry current; one with a pending timer is in the table. */
    private void goTo(Entry pending) {
        key = pending.key;
        hash = pending.hash;
        entry = pending;
        touch(pending);
    }

    @Override
    public boolean isLarge() {
        return table.size() > cachedKeys;
    }

    @Override
    public void expect(Object[] keys, int[] hashes, int count) {
        table.fetch(hashes, count);
    }

    private void touchFirst(Entry touched) {
        touched.snapshot = snapshot;
        if (snapshotTarget != null) {
            codec.write(touched, snapshotTarget);
        }
    }

    private void touch(Entry touched) {
        if (touched.snapshot != snapshot) {
            touchFirst(touched);
        }
    }

    @Override
    public void settle() {
        if (removable) {
            removable = false;
            if (entry != null && entry.isEmpty()) {
                table.remove(entry);
                entry = null;
            }
        }
    }

    @Override
    public Object key() {
        return key;
    }

    @Override
    public int hash() {
        return hash;
    }

    /** Returns the entry of the current key, or null. */
    Entry current() {
        return entry;
    }

    /** Returns the entry of the current key, created if there is none. */
    Entry currentOrNew() {
        if (entry == null) {
            entry = Entry.of(key, hash, layout.states().size(), layout.timers().size());
            entry.snapshot = snapshot;
            table.add(entry);
        }
        return entry;
    }

    /** A state of the current key was cleared: its entry may be empty now. */
    void cleared() {
        removable = true;
    }

    // --- handles ---

    @Override
    public <V> ValueState<V> value(StateDeclaration declaration) {
        int index = index(declaration, StateDeclaration.Kind.VALUE);
        return isLong(index) ? longValue() : new TableValue<>(this, index);
    }

    @SuppressWarnings("unchecked") // Called only if V is Long.
    private <V> ValueState<V> longValue() {
        return (ValueState<V>) new TableLong(this);
    }

    /** Returns whether a state is kept in {@link Entry#longState}. */
    private boolean isLong(int index) {
        StateDeclaration state = layout.states().get(index);
        return index == 0
                && state.kind() == StateDeclaration.Kind.VALUE
                && state.valueType().reflected() == Long.class;
    }

    @Override
    public <A> AccumulatorState<A> accumulator(StateDeclaration declaration) {
        return new TableValue<>(this, index(declaration, StateDeclaration.Kind.ACCUMULATOR));
    }

    @Override
    public <V> ListState<V> list(StateDeclaration declaration) {
        return new TableList<>(this, index(declaration, StateDeclaration.Kind.LIST));
    }

    @Override
    public <U, V> MapState<U, V> map(StateDeclaration declaration) {
        return new TableMap<>(this, index(declaration, StateDeclaration.Kind.MAP));
    }

    @Override
    public <V> SeriesState<V> series(StateDeclaration declaration) {
        return new TableSeries<>(this, index(declaration, StateDeclaration.Kind.SERIES));
    }

    @Override
    public Timer timer(TimerDeclaration declaration) {
        return new TableTimer(this, layout.timers().indexOf(declaration), declaration.domain());
    }

    private int index(StateDeclaration declaration, StateDeclaration.Kind kind) {
        int index = layout.states().indexOf(declaration);
        if (index < 0 || declaration.kind() != kind) {
            throw new IllegalArgumentException(
                    "step " + layout.step() + " declared no " + kind + " " + declaration.name());
        }
        return index;
    }

    // --- timers ---

    void setTimer(int index, TimeDomain domain, long time) {
        Entry owner = currentOrNew();
        if (owner.timer(index) != time) {
            abandonTimer(owner, index, domain);
            owner.timer(index, time);
            buckets(domain).add(time, owner);
        }
    }

    void clearTimer(int index, TimeDomain domain) {
        if (entry != null) {
            abandonTimer(entry, index, domain);
            entry.timer(index, Entry.NOT_PENDING);
            cleared();
        }
    }

    private void abandonTimer(Entry owner, int index, TimeDomain domain) {
        if (owner.timer(index) != Entry.NOT_PENDING) {
            buckets(domain).abandon();
        }
    }

    /** Returns how much is kept to find the timers of a domain. */
    long timerReferences(TimeDomain domain) {
        return buckets(domain).references();
    }

    @Override
    public boolean fire(TimeDomain domain, long upTo, int budget, TimerTarget target) {
        TimerBuckets buckets = buckets(domain);
        int left = budget;
        long time;
        while ((time = buckets.nextTime()) <= upTo && time != Entry.NOT_PENDING) {
            if (left-- == 0) {
                return true;
            }
            buckets.fired(fireAll(buckets.next(), domain, time, target));
        }
        return false;
    }

    /** Fires all timers of a key that are due at a time, in the order of their declaration. */
    private int fireAll(Entry due, TimeDomain domain, long time, TimerTarget target) {
        int fired = 0;
        for (int index = 0; index < layout.timers().size(); index++) {
            if (due.timer(index) == time && layout.timers().get(index).domain() == domain) {
                goTo(due);
                due.timer(index, Entry.NOT_PENDING);
                removable = true;
                target.onTimer(index, time);
                settle();
                fired++;
            }
        }
        return fired;
    }

    @Override
    public long nextTime(TimeDomain domain) {
        return buckets(domain).nextTime();
    }

    @Override
    public long dropProcessingTimers() {
        long dropped = 0;
        while (processingTimers.nextTime() != Entry.NOT_PENDING) {
            long time = processingTimers.nextTime();
            Entry owner = processingTimers.next();
            long droppedBefore = dropped;
            for (int index = 0; index < layout.timers().size(); index++) {
                if (owner.timer(index) == time
                        && layout.timers().get(index).domain() == TimeDomain.PROCESSING_TIME) {
                    goTo(owner);
                    owner.timer(index, Entry.NOT_PENDING);
                    removable = true;
                    settle();
                    dropped++;
                }
            }
            processingTimers.fired((int) (dropped - droppedBefore));
        }
        return dropped;
    }

    private TimerBuckets buckets(TimeDomain domain) {
        return domain == TimeDomain.EVENT_TIME ? eventTimers : processingTimers;
    }

    // --- snapshots ---

    @Override
    public void startSnapshot(KeyGroupBuffers target) {
        assert snapshotTarget == null : "a snapshot is being taken";
        snapshot++;
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
}
