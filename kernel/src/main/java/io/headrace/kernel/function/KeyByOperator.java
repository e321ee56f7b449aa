package io.headrace.kernel.function;

import io.headrace.connector.DeadLetter;
import io.headrace.function.Fn;
import io.headrace.kernel.chain.KeySlot;
import io.headrace.kernel.chain.Operator;
import io.headrace.kernel.codec.KeyHash;
import io.headrace.kernel.state.KeyedState;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * Puts the key of each record into the key slot. A record without a key becomes a dead letter.
 *
 * <p>Before state that has outgrown the caches it collects some records and tells the state which
 * keys come: looked up one after the other, each key would wait for memory on its own. Nothing
 * stays behind: {@link #flush} comes at the end of every step, and {@link #work} before a watermark
 * or a barrier passes.
 */
public final class KeyByOperator extends Operator implements KeySource {
    /** Enough to keep all lines that a core fetches at a time busy; the records stay in L1. */
    private static final int LOOK_AHEAD = 64;

    private static final KeyedState[] NONE = {};

    private final Fn<Object, Object> selector;
    private final KeyHash keyHash;
    private final KeySketch sketch = new KeySketch();
    private KeyedState[] states = NONE;
    private Object[] values;
    private long[] timestamps;
    private Object[] keys;
    private int[] hashes;
    private int collected;
    private boolean collecting;

    /** Creates the operator. */
    public KeyByOperator(Fn<Object, Object> selector, KeyHash keyHash) {
        this.selector = selector;
        this.keyHash = keyHash;
    }

    @Override
    public void announceTo(List<KeyedState> behind) {
        states = behind.toArray(NONE);
        if (states.length > 0) {
            values = new Object[LOOK_AHEAD];
            timestamps = new long[LOOK_AHEAD];
            keys = new Object[LOOK_AHEAD];
            hashes = new int[LOOK_AHEAD];
        }
    }

    @Override
    public void emit(Object value, long timestamp) {
        process(0, value, timestamp);
    }

    @Override
    public void process(int input, Object value, long timestamp) {
        if (value instanceof PartialAggregate partial) {
            counters.in += partial.count();
            counters.out += partial.count();
            sketch.add(partial.key(), partial.hash(), partial.count());
            passOn(partial.key(), partial.hash(), value, timestamp);
            return;
        }
        counters.in++;
        Object key;
        try {
            key = selector.apply(value);
        } catch (Exception failed) {
            context.key().key = null;
            throw failure(value, failed);
        }
        if (key == null) {
            onNullKey(value, timestamp);
            return;
        }
        counters.out++;
        final int hash = keyHash.hash(key);
        sketch.add(key, hash, 1);
        passOn(key, hash, value, timestamp);
    }

    @Override
    public FrequentKeys frequentKeys() {
        return sketch.found();
    }

    private void passOn(Object key, int hash, Object value, long timestamp) {
        if (!collecting) {
            context.key().key = key;
            context.key().hash = hash;
            out.emit(value, timestamp);
            return;
        }
        final int index = collected;
        values[index] = value;
        timestamps[index] = timestamp;
        keys[index] = key;
        hashes[index] = hash;
        collected = index + 1;
        if (index + 1 == LOOK_AHEAD) {
            passOn(LOOK_AHEAD);
        }
    }

    @Override
    public void flush() {
        sketch.publish();
        passOn(collected);
        collecting = false;
        for (KeyedState state : states) {
            collecting |= state.isLarge();
        }
    }

    private void passOn(int count) {
        collected = 0;
        for (KeyedState state : states) {
            state.expect(keys, hashes, count);
        }
        final KeySlot slot = context.key();
        for (int i = 0; i < count; i++) {
            slot.key = keys[i];
            slot.hash = hashes[i];
            out.emit(values[i], timestamps[i]);
        }
        if (count > 0) { // To store objects into old arrays would cost a memory barrier each.
            values = new Object[LOOK_AHEAD];
            keys = new Object[LOOK_AHEAD];
        }
    }

    @Override
    public boolean work(int budget) {
        passOn(collected);
        return false;
    }

    @Override
    public void onEnd() {
        passOn(collected);
        super.onEnd();
    }

    private void onNullKey(Object value, long timestamp) {
        counters.deadLetters++;
        byte[] shown = String.valueOf(value).getBytes(StandardCharsets.UTF_8);
        byte[] raw = Arrays.copyOf(shown, Math.min(shown.length, DeadLetter.RAW_BYTES_MAX));
        deadLetters.emit(new DeadLetter(context.step(), "", "", "the key is null", raw), timestamp);
    }
}
