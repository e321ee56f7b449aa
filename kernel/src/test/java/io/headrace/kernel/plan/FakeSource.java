package io.headrace.kernel.plan;

import io.headrace.connector.Enumerator;
import io.headrace.connector.EventTime;
import io.headrace.connector.Reader;
import io.headrace.connector.ReaderContext;
import io.headrace.connector.Source;
import io.headrace.connector.Split;
import io.headrace.type.Codec;
import io.headrace.type.Type;
import java.time.Duration;

/** A source that is planned and never read. */
record FakeSource(String name) implements Source<String, Split, Long> {
    @Override
    public Type<String> type() {
        return Type.of(String.class);
    }

    @Override
    public boolean bounded() {
        return true;
    }

    @Override
    public EventTime<String> eventTime() {
        return EventTime.ofSource(Duration.ZERO);
    }

    @Override
    public Enumerator<Split> enumerator(byte[] saved) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Reader<String, Split, Long> reader(ReaderContext context) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Codec<Split> splitCodec() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Codec<Long> positionCodec() {
        throw new UnsupportedOperationException();
    }
}
