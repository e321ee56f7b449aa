package io.headrace.kernel.chain;

/**
 * The key of the record that moves through a chain. Written by keyed operators before they emit.
 */
public final class KeySlot {
    /** The key. */
    public Object key;

    /** Its stable hash. */
    public int hash;
}
