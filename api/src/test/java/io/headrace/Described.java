package io.headrace;

import io.headrace.connector.Committer;
import io.headrace.connector.Enumerator;
import io.headrace.connector.EventTime;
import io.headrace.connector.Guarantee;
import io.headrace.connector.Reader;
import io.headrace.connector.ReaderContext;
import io.headrace.connector.Sink;
import io.headrace.connector.SinkContext;
import io.headrace.connector.SinkWriter;
import io.headrace.connector.Source;
import io.headrace.connector.Split;
import io.headrace.type.Codec;
import io.headrace.type.Type;
import java.util.Optional;

/** Sources and sinks that can be described and not run. */
final class Described {
    private Described() {}

    static <T> Source<T, ?, ?> timed(Class<T> type, EventTime<T> eventTime) {
        return new DescribedSource<>("in", Type.of(type), true, eventTime);
    }

    static <T> Source<T, ?, ?> untimed(Class<T> type) {
        return new DescribedSource<>("in", Type.of(type), true, EventTime.none());
    }

    static <T> Source<T, ?, ?> unbounded(Class<T> type, EventTime<T> eventTime) {
        return new DescribedSource<>("in", Type.of(type), false, eventTime);
    }

    static <T> Sink<T> sink(String name) {
        return new DescribedSink<>(name);
    }

    private record DescribedSource<T>(
            String name, Type<T> type, boolean bounded, EventTime<T> eventTime)
            implements Source<T, Split, Long> {
        @Override
        public Enumerator<Split> enumerator(byte[] saved) {
            throw new UnsupportedOperationException("building runs nothing");
        }

        @Override
        public Reader<T, Split, Long> reader(ReaderContext context) {
            throw new UnsupportedOperationException("building runs nothing");
        }

        @Override
        public Codec<Split> splitCodec() {
            throw new UnsupportedOperationException("building runs nothing");
        }

        @Override
        public Codec<Long> positionCodec() {
            throw new UnsupportedOperationException("building runs nothing");
        }
    }

    private record DescribedSink<T>(String name) implements Sink<T> {
        @Override
        public String target() {
            return "nowhere";
        }

        @Override
        public Guarantee guarantee() {
            return Guarantee.AT_LEAST_ONCE;
        }

        @Override
        public SinkWriter<T> writer(SinkContext context) {
            throw new UnsupportedOperationException("building runs nothing");
        }

        @Override
        public Optional<Committer> committer() {
            return Optional.empty();
        }
    }
}
