package io.headrace.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headrace.connector.Enumerator;
import io.headrace.connector.Reader;
import io.headrace.connector.ReaderContext;
import io.headrace.connector.SourceOutput;
import io.headrace.testkit.SourceContract;
import io.headrace.type.BytesIn;
import io.headrace.type.BytesOut;
import io.headrace.type.Codec;
import io.headrace.type.DecodeException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NexmarkSourceTest {
    /** Keeps what a reader emits. */
    private static final class Collected implements SourceOutput<Event> {
        private final List<Event> events = new ArrayList<>();

        @Override
        public void emit(Event value) {
            events.add(value);
        }

        @Override
        public void emit(Event value, long timestampMillis) {
            events.add(value);
        }

        @Override
        public void watermark(long timestampMillis) {
            throw new AssertionError("the time of an event is in the event");
        }

        @Override
        public void deadLetter(String position, String reason, byte[] raw) {
            throw new AssertionError(reason);
        }
    }

    @ParameterizedTest(name = "{0} events, {1} splits, {2} at once")
    @CsvSource({
        "0, 1, 10",
        "1, 3, 10",
        "999, 2, 7",
        "5000, 1, 2500",
        "12345, 3, 100",
        "2000, 2, 1"
    })
    void theSplitsTogetherHaveEachEventOnce(long events, int splits, int recordsMax) {
        NexmarkSource<Event> source = NexmarkSource.events(events, splits);
        Collected out = new Collected();

        for (SequenceRange split : source.enumerator(null).discover()) {
            Reader<Event, SequenceRange, Long> reader = reader(source);
            reader.assign(split, null);
            readToTheEnd(reader, split, out, recordsMax);
        }

        assertThat(out.events)
                .containsExactlyInAnyOrderElementsOf(
                        LongStream.range(0, events).mapToObj(Nexmark::event).toList());
    }

    @Test
    void holdsTheContractOfASource() {
        assertThat(SourceContract.of(NexmarkSource.events(1_000, 3)).verify()).isEqualTo(1_000);
        assertThat(SourceContract.of(NexmarkSource.words(77, 2)).verify()).isEqualTo(77);
    }

    @Test
    void aPollEmitsNoMoreThanItMay() {
        NexmarkSource<Event> source = NexmarkSource.events(10_000, 2);
        SequenceRange split = source.enumerator(null).discover().get(0);
        Reader<Event, SequenceRange, Long> reader = reader(source);
        reader.assign(split, null);
        Collected out = new Collected();

        Reader.Status status = reader.poll(split, out, 1500);

        assertThat(status).isEqualTo(Reader.Status.MORE);
        assertThat(out.events).hasSize(1500);
        assertThat(reader.position(split)).isEqualTo(2500);
    }

    @Test
    void aReaderGoesOnWhereAnotherStopped() {
        NexmarkSource<Event> source = NexmarkSource.events(10_000, 3);
        SequenceRange split = source.enumerator(null).discover().get(1);
        Collected straight = new Collected();
        Collected parted = new Collected();
        Reader<Event, SequenceRange, Long> first = reader(source);
        first.assign(split, null);
        readToTheEnd(first, split, straight, 128);

        Reader<Event, SequenceRange, Long> before = reader(source);
        before.assign(split, null);
        before.poll(split, parted, 1234);
        Reader<Event, SequenceRange, Long> after = reader(source);
        after.assign(split, copyOf(source.positionCodec(), before.position(split)));
        readToTheEnd(after, split, parted, 128);

        assertThat(parted.events).isEqualTo(straight.events);
    }

    @Test
    void aRestoredEnumeratorHandsOutNothingAgain() {
        NexmarkSource<Word> source = NexmarkSource.words(10, 2);
        Enumerator<SequenceRange> enumerator = source.enumerator(null);
        byte[] fresh = enumerator.snapshot();

        assertThat(enumerator.discover()).hasSize(2);

        assertThat(enumerator.done()).isTrue();
        assertThat(source.enumerator(enumerator.snapshot()).discover()).isEmpty();
        assertThat(source.enumerator(fresh).discover()).hasSize(2);
    }

    @Test
    void splitsAreReadAsTheyWereWritten() {
        SequenceRange split = new SequenceRange(2, 3, 1_000_000);

        SequenceRange copy = copyOf(new SequenceRange.RangeCodec(), split);

        assertThat(copy).isEqualTo(split);
        assertThat(copy.id()).isEqualTo("2-of-3");
    }

    @Test
    void brokenBytesAreRefused() {
        Codec<SequenceRange> ranges = new SequenceRange.RangeCodec();
        Codec<Long> positions = new SequenceRange.PositionCodec();

        assertThatThrownBy(() -> ranges.read(new BytesIn(new byte[] {3, 3, 0}), 1))
                .isInstanceOf(DecodeException.class);
        assertThatThrownBy(() -> positions.read(new BytesIn(new byte[] {1}), 1))
                .isInstanceOf(DecodeException.class);
    }

    private static Reader<Event, SequenceRange, Long> reader(NexmarkSource<Event> source) {
        return source.reader(new ReaderContext("nexmark", 0, 1));
    }

    private static void readToTheEnd(
            Reader<Event, SequenceRange, Long> reader,
            SequenceRange split,
            Collected out,
            int recordsMax) {
        Reader.Status status;
        do {
            int before = out.events.size();
            status = reader.poll(split, out, recordsMax);
            assertThat(out.events.size() - before).isLessThanOrEqualTo(recordsMax);
        } while (status == Reader.Status.MORE);
        assertThat(status).isEqualTo(Reader.Status.FINISHED);
    }

    private static <V> V copyOf(Codec<V> codec, V value) {
        BytesOut out = new BytesOut(16);
        codec.write(value, out);
        return codec.read(new BytesIn(out.toByteArray()), codec.version());
    }
}
