package io.headrace.engine.queue;

/**
 * The way from one subtask to another: batches one way, empty batches back. Each side is told
 * through its {@link Signal} that the other has done something.
 */
public final class Channel {
    /** Batches in flight: 8,192 records hide a stall of either side, and bound the memory. */
    public static final int BATCHES_MAX = 16;

    private final SpscQueue<Batch> full;
    private final SpscQueue<Batch> empty;
    private final Signal producer;
    private final Signal consumer;

    /** Creates an empty channel of the usual size. */
    public Channel(Signal producer, Signal consumer) {
        this(producer, consumer, BATCHES_MAX);
    }

    /**
     * Creates an empty channel.
     *
     * @param batchesMax batches in flight: a power of two
     */
    public Channel(Signal producer, Signal consumer, int batchesMax) {
        this.full = new SpscQueue<>(batchesMax);
        this.empty = new SpscQueue<>(batchesMax * 2);
        this.producer = producer;
        this.consumer = consumer;
    }

    /** Sends a batch, by the producer. Returns false if there is no room. */
    public boolean offer(Batch batch) {
        if (!full.offer(batch)) {
            return false;
        }
        consumer.wake();
        return true;
    }

    /** Returns an empty batch to fill, by the producer. */
    public Batch emptyBatch() {
        Batch batch = empty.poll();
        return batch == null ? new Batch() : batch;
    }

    /** Returns whether the consumer has nothing to do, as far as the producer can see. */
    public boolean isStarving() {
        return full.isEmpty();
    }

    /** Takes a batch, by the consumer, or returns null. */
    public Batch poll() {
        return full.poll();
    }

    /** Gives a batch back, by the consumer, after its records were processed. */
    public void recycle(Batch batch) {
        batch.clear();
        empty.offer(batch); // If there is no room, the batch is garbage.
        producer.wake();
    }
}
