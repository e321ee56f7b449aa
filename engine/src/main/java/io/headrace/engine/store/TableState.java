package io.headrace.engine.store;

import io.headrace.kernel.checkpoint.KeyGroupBuffers;
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
import java.util.stream.IntStream;

/**
 * The state of one subtask of a step, in a table on the heap. All states and timers of a key share
 * one entry, so that a record costs one lookup.
 *
 * <p><b>Snapshot.</b> There is no pause: {@link #startSnapshot} only takes a new number. From then
 * on an entry is written when it is touched for the first time, before it can change, and a {@link
 * #sweep} in slices writes the others. Entries born meanwhile are not part of the snapshot. The
 * result is the state of the moment of {@code startSnapshot}.
 *
 * <p>One thread.
 */
public final class TableState implements KeyedState {
    private final StateLayout layout;
    private final EntryTable table;
    private final EntryCodec codec;
    private final TimerBuckets eventTimers;
    private final TimerBuckets processingTimers;
    private long snapshot;
    private KeyGroupBuffers snapshotTarget;
    private Object key;
    private int hash;
    private Entry entry;
    private boolean removable;

    /** Creates empty state. */
    public TableState(StateLayout layout, EntryCodec codec) {
        this.layout = layout;
        this.codec = codec;
        this.eventTimers = new TimerBuckets(timersOf(layout, TimeDomain.EVENT_TIME));
        this.processingTimers = new TimerBuckets(timersOf(layout, TimeDomain.PROCESSING_TIME));
        boolean longKeys = layout.keyType().reflected() == Long.class;
        this.table = new EntryTable(layout.step().hashCode(), longKeys, this::beforeMove);
    }

    private static int[] timersOf(StateLayout layout, TimeDomain domain) {
        return IntStream.range(0, layout.timers().size())
                .filter(index -> layout.timers().get(index).domain() == domain)
                .toArray();
    }

    /** Returns how many keys have state. */
    public long size() {
        return table.size();
    }

    // --- keys ---

    @Override
    public void seek(Object soughtKey, int soughtHash) {
        key = soughtKey;
        hash = soughtHash;
        entry = table.find(soughtKey, soughtHash);
        if (entry != null && entry.snapshot != snapshot) {
            touchFirst(entry);
        }
    }

    private void touchFirst(Entry touched) {
        touched.snapshot = snapshot;
        if (snapshotTarget != null) {
            codec.write(touched, snapshotTarget);
        }
    }

    private void beforeMove(Entry moved) {
        if (moved.snapshot != snapshot) {
            touchFirst(moved);
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
            entry = new Entry(key, hash, layout.states().size(), layout.timers().size());
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
    boolean isLong(int index) {
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
        if (owner.timers[index] != time) {
            abandonTimer(owner, index, domain);
            owner.timers[index] = time;
            buckets(domain).add(time, owner);
        }
    }

    void clearTimer(int index, TimeDomain domain) {
        if (entry != null) {
            abandonTimer(entry, index, domain);
            entry.timers[index] = Entry.NOT_PENDING;
            cleared();
        }
    }

    private void abandonTimer(Entry owner, int index, TimeDomain domain) {
        if (owner.timers[index] != Entry.NOT_PENDING) {
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
        for (int index = 0; index < due.timers.length; index++) {
            if (due.timers[index] == time && layout.timers().get(index).domain() == domain) {
                seek(due.key, due.hash);
                due.timers[index] = Entry.NOT_PENDING;
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
            for (int index = 0; index < owner.timers.length; index++) {
                if (owner.timers[index] == time
                        && layout.timers().get(index).domain() == TimeDomain.PROCESSING_TIME) {
                    seek(owner.key, owner.hash);
                    owner.timers[index] = Entry.NOT_PENDING;
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

    /** Begins a snapshot of this moment; every entry of now goes to the target. */
    public void startSnapshot(KeyGroupBuffers target) {
        assert snapshotTarget == null : "a snapshot is being taken";
        snapshot++;
        snapshotTarget = target;
        table.startSweep();
    }

    /**
     * Writes a part of the entries that were not touched.
     *
     * @return whether there are more; if not, the target is complete
     */
    public boolean sweep(int slots) {
        boolean more = table.sweep(slots, this::beforeMove);
        if (!more) {
            snapshotTarget = null;
        }
        return more;
    }

    /** Puts a restored entry into the table: its timers are pending again. */
    void restored(Entry restored) {
        for (int index = 0; index < restored.timers.length; index++) {
            if (restored.timers[index] != Entry.NOT_PENDING) {
                buckets(layout.timers().get(index).domain()).add(restored.timers[index], restored);
            }
        }
    }

    /** Returns the entry of a restored key, created if there is none. */
    Entry restoring(Object restoredKey, int restoredHash) {
        seek(restoredKey, restoredHash);
        return currentOrNew();
    }

    /** All entries were restored: timers become pending, in a defined order. */
    public void finishRestore() {
        table.startSweep();
        table.sweep(Integer.MAX_VALUE, this::restored);
        entry = null;
        key = null;
    }
}
