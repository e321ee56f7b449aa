package io.headrace.benchmarks;

import io.headrace.Aggregates;
import io.headrace.KeyedStream;
import io.headrace.Pipeline;
import io.headrace.WindowedStream;
import io.headrace.Windows;
import io.headrace.function.TimeWindow;
import java.time.Duration;
import java.util.Arrays;

/**
 * Number, sum and maximum of amounts for each of a hundred keys in every 10 s of event time, with
 * skew: of the records of {@code hot}, half have one key; those of {@code even} have no such key.
 * Each in two phases, and, as {@code hot1} and {@code even1}, in one.
 *
 * <p>Question: how much faster is a hot key in two phases, and what do uniform keys pay? {@code
 * headrace bench hot hot1 even even1 --parallelism 2}
 *
 * @param hot whether half of the records have key 0
 * @param onePhase whether nothing is aggregated before the exchange
 */
record SumsPerKey(boolean hot, boolean onePhase) implements Query {
    private static final long WINDOW_MILLIS = 10_000;
    private static final int KEYS = 100;
    private static final int FIELDS = 3;

    /** Number, sum and maximum of the amounts of one window of a key. */
    record Sums(long count, long sum, long max) {}

    /** A window of a key. */
    record Row(long key, long windowMillis, Sums sums) {}

    @Override
    public String name() {
        return (hot ? "hot" : "even") + (onePhase ? "1" : "");
    }

    private static long key(Word word, boolean hot) {
        return hot && (word.key() & 1) == 0 ? 0 : word.key() / (Nexmark.WORDS / KEYS);
    }

    private static long amount(Word word) {
        return word.key() % 997;
    }

    @Override
    public Checksum loop(long events) {
        final Loop loop = new Loop();
        for (long sequence = 0; sequence < events; sequence++) {
            final Word word = Nexmark.word(sequence);
            loop.add((int) key(word, hot), amount(word), word.timestampMillis());
        }
        loop.fire();
        loop.fire();
        return loop.checksum;
    }

    @Override
    public Built pipeline(long events, int splits) {
        ChecksumSink<Row> sink =
                new ChecksumSink<>(row -> hash(row.key(), row.windowMillis(), row.sums()));
        Pipeline pipeline = Pipeline.create(name());
        boolean skewed = hot;
        KeyedStream<Long, Word> keyed =
                pipeline.readFrom(NexmarkSource.words(events, splits))
                        .keyBy(word -> key(word, skewed));
        WindowedStream<Long, Word> windows =
                keyed.window(Windows.tumbling(Duration.ofMillis(WINDOW_MILLIS)));
        (onePhase ? windows.inOnePhase() : windows)
                .aggregate(
                        "sums",
                        Aggregates.combined(
                                Aggregates.count(),
                                Aggregates.sumLong(SumsPerKey::amount),
                                Aggregates.maxLong(SumsPerKey::amount),
                                Sums::new),
                        (Long key, TimeWindow window, Sums sums) ->
                                new Row(key, window.startMillis(), sums))
                .writeTo(sink);
        return new Built(pipeline, sink);
    }

    private static long hash(long key, long windowMillis, Sums sums) {
        return Nexmark.mix(windowMillis + 31 * (key + 31 * sums.sum() + (sums.count() << 32)))
                + sums.max();
    }

    /** Two windows are open at most, since no event is later than a window is long. */
    private static final class Loop {
        private final Checksum checksum = new Checksum();
        private long[] current = new long[KEYS * FIELDS];
        private long[] next = new long[KEYS * FIELDS];
        private long startMillis = Nexmark.START_MILLIS;
        private long latestMillis = Long.MIN_VALUE;

        void add(int key, long amount, long timestampMillis) {
            final long[] sums = timestampMillis < startMillis + WINDOW_MILLIS ? current : next;
            final int at = key * FIELDS;
            sums[at]++;
            sums[at + 1] += amount;
            sums[at + 2] = Math.max(sums[at + 2], amount);
            if (timestampMillis > latestMillis) {
                latestMillis = timestampMillis;
                final long watermark = timestampMillis - Nexmark.OUT_OF_ORDER_MILLIS - 1;
                if (watermark >= startMillis + WINDOW_MILLIS - 1) {
                    fire();
                }
            }
        }

        void fire() {
            for (int at = 0; at < current.length; at += FIELDS) {
                if (current[at] > 0) {
                    Sums sums = new Sums(current[at], current[at + 1], current[at + 2]);
                    checksum.add(hash(at / FIELDS, startMillis, sums));
                }
            }
            Arrays.fill(current, 0);
            final long[] fired = current;
            current = next;
            next = fired;
            startMillis += WINDOW_MILLIS;
        }
    }
}
