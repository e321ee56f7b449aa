package io.headrace.kernel.function;

import io.headrace.connector.DeadLetter;
import io.headrace.function.Fn;
import io.headrace.kernel.chain.Operator;
import io.headrace.kernel.codec.KeyHash;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Puts the key of each record into the key slot. A record without a key becomes a dead letter. */
public final class KeyByOperator extends Operator {
    private final Fn<Object, Object> selector;
    private final KeyHash keyHash;

    /** Creates the operator. */
    public KeyByOperator(Fn<Object, Object> selector, KeyHash keyHash) {
        this.selector = selector;
        this.keyHash = keyHash;
    }

    @Override
    public void process(int input, Object value, long timestamp) {
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
        context.key().key = key;
        context.key().hash = keyHash.hash(key);
        counters.out++;
        out.emit(value, timestamp);
    }

    private void onNullKey(Object value, long timestamp) {
        counters.deadLetters++;
        byte[] shown = String.valueOf(value).getBytes(StandardCharsets.UTF_8);
        byte[] raw = Arrays.copyOf(shown, Math.min(shown.length, DeadLetter.RAW_BYTES_MAX));
        deadLetters.emit(new DeadLetter(context.step(), "", "", "the key is null", raw), timestamp);
    }
}
