package io.headrace.benchmarks;

import io.headrace.Pipeline;
import io.headrace.function.Context;
import io.headrace.function.Output;
import io.headrace.function.ProcessFunction;
import io.headrace.state.ValueState;

/** Query wc: how often has each of a million words been seen so far, told for every word? */
final class RunningCounts implements Query {
    /** A word with how often it was seen. */
    record WordCount(long word, long count) {}

    /** Counts the words of one key. */
    static final class Counter extends ProcessFunction<Long, Word, WordCount> {
        private final ValueState<Long> count = valueState("count", Long.class);

        @Override
        public void process(Word word, Context<Long> context, Output<WordCount> out) {
            final Long before = count.get();
            final long now = before == null ? 1 : before + 1;
            count.set(now);
            out.emit(new WordCount(word.key(), now));
        }
    }

    @Override
    public String name() {
        return "wc";
    }

    @Override
    public Checksum loop(long events) {
        final Checksum checksum = new Checksum();
        final LongCounts counts = new LongCounts(Nexmark.WORDS);
        for (long sequence = 0; sequence < events; sequence++) {
            final Word word = Nexmark.word(sequence);
            checksum.add(hash(word.key(), counts.increment(word.key())));
        }
        return checksum;
    }

    @Override
    public Built pipeline(long events, int splits) {
        ChecksumSink<WordCount> sink = new ChecksumSink<>(row -> hash(row.word(), row.count()));
        Pipeline pipeline = Pipeline.create(name());
        pipeline.readFrom(NexmarkSource.words(events, splits))
                .keyBy(Word::key)
                .process("count", Counter::new)
                .writeTo(sink);
        return new Built(pipeline, sink);
    }

    static long hash(long word, long count) {
        return Nexmark.mix(word + (count << 32));
    }
}
