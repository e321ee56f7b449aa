package io.headrace.conformance.scenario;

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
import java.time.Duration;
import java.util.Optional;

/** Sources and sinks that only say what they are: the reference is told what they do. */
public final class DescribedEnds implements PipelineText.Ends {
    @Override
    public Source<Item, ?, ?> source(String name, boolean bounded) {
        return new DescribedSource(name, bounded);
    }

    @Override
    public Sink<String> sink(String name) {
        return new DescribedSink(name);
    }

    private static UnsupportedOperationException neverAsked() {
        return new UnsupportedOperationException("this end of a pipeline is only described");
    }

    private record DescribedSource(String name, boolean bounded)
            implements Source<Item, Split, Long> {
        @Override
        public Type<Item> type() {
            return Type.of(Item.class);
        }

        @Override
        public EventTime<Item> eventTime() {
            return EventTime.ofSource(Duration.ZERO);
        }

        @Override
        public Enumerator<Split> enumerator(byte[] saved) {
            throw neverAsked();
        }

        @Override
        public Reader<Item, Split, Long> reader(ReaderContext context) {
            throw neverAsked();
        }

        @Override
        public Codec<Split> splitCodec() {
            throw neverAsked();
        }

        @Override
        public Codec<Long> positionCodec() {
            throw neverAsked();
        }
    }

    private record DescribedSink(String name) implements Sink<String> {
        @Override
        public String target() {
            return name;
        }

        @Override
        public Guarantee guarantee() {
            return Guarantee.AT_LEAST_ONCE;
        }

        @Override
        public SinkWriter<String> writer(SinkContext context) {
            throw neverAsked();
        }

        @Override
        public Optional<Committer> committer() {
            return Optional.empty();
        }
    }
}
