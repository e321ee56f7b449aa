package io.headrace.kernel.checkpoint;

import java.io.IOException;

/** Another process or another part of this one holds a lock. The message names the holder. */
public final class LockedException extends IOException {
    private static final long serialVersionUID = 1L;

    private final String holder;

    /**
     * Creates the exception.
     *
     * @param name the lock
     * @param holder what the holder said of itself; empty if it cannot be read
     */
    public LockedException(String name, String holder) {
        super(
                name
                        + " is held by "
                        + (holder.isEmpty() ? "another process" : holder)
                        + "; stop it first, or use another directory");
        this.holder = holder;
    }

    /** Returns what the holder said of itself; empty if it cannot be read. */
    public String holder() {
        return holder;
    }
}
