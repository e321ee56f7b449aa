package io.headrace.kernel.function;

import io.headrace.kernel.state.KeyedState;
import java.util.List;

/** An operator that gives records their keys. */
public interface KeySource {
    /** Announces keys to the state of the steps behind it. Called once, before the first record. */
    void announceTo(List<KeyedState> behind);

    /** Returns the keys with the most records. May be called by any thread. */
    FrequentKeys frequentKeys();
}
