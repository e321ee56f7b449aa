package io.headrace.engine.queue;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * A bounded queue of one producer and one consumer.
 *
 * <p>Each side keeps its index in a field that only it writes, and a copy of the other side's index
 * that it refreshes only when the ring looks full or empty, so that the two cores rarely touch the
 * same cache line. Elements are published by a release store of the index. After M. Thompson's
 * one-to-one queue in Agrona and N. M. Lê et al., "Correct and Efficient Bounded FIFO Queues",
 * 2013.
 *
 * @param <E> the elements, never null
 */
public final class SpscQueue<E> {
    private static final VarHandle HEAD;
    private static final VarHandle TAIL;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            HEAD = lookup.findVarHandle(SpscQueue.class, "head", long.class);
            TAIL = lookup.findVarHandle(SpscQueue.class, "tail", long.class);
        } catch (ReflectiveOperationException impossible) {
            throw new ExceptionInInitializerError(impossible);
        }
    }

    private final Object[] ring;
    private final int mask;

    /** Written by the consumer. */
    private long head;

    /** Written by the producer. */
    private long tail;

    /** The producer's copy of {@link #head}. */
    private long headSeen;

    /** The consumer's copy of {@link #tail}. */
    private long tailSeen;

    /**
     * Creates an empty queue.
     *
     * @param capacity a power of two
     */
    public SpscQueue(int capacity) {
        if (Integer.bitCount(capacity) != 1) {
            throw new IllegalArgumentException("capacity " + capacity + " is no power of two");
        }
        ring = new Object[capacity];
        mask = capacity - 1;
    }

    /** Adds an element, by the producer. Returns false if the queue is full. */
    public boolean offer(E element) {
        final long at = tail;
        if (at - headSeen > mask) {
            headSeen = (long) HEAD.getAcquire(this);
            if (at - headSeen > mask) {
                return false;
            }
        }
        ring[(int) at & mask] = element;
        TAIL.setRelease(this, at + 1);
        return true;
    }

    /** Takes the oldest element, by the consumer. Returns null if the queue is empty. */
    @SuppressWarnings("unchecked") // Only offer stores elements.
    public E poll() {
        final long at = head;
        if (at == tailSeen) {
            tailSeen = (long) TAIL.getAcquire(this);
            if (at == tailSeen) {
                return null;
            }
        }
        final int slot = (int) at & mask;
        final E element = (E) ring[slot];
        ring[slot] = null;
        HEAD.setRelease(this, at + 1);
        return element;
    }

    /** Returns whether the queue is empty, by any thread: true only for a moment. */
    public boolean isEmpty() {
        return (long) HEAD.getAcquire(this) == (long) TAIL.getAcquire(this);
    }
}
