package io.headrace.testkit;

import io.headrace.connector.Enumerator;
import io.headrace.connector.Reader;
import io.headrace.connector.ReaderContext;
import io.headrace.connector.Source;
import io.headrace.connector.SourceOutput;
import io.headrace.connector.Split;
import io.headrace.type.BytesIn;
import io.headrace.type.BytesOut;
import io.headrace.type.Codec;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What every source must do, whatever it reads: give the same records however it is polled, and
 * exactly the rest when it goes on from a position.
 *
 * <p>The input must be there and must not change meanwhile. A bounded source is read until its
 * splits finish, an unbounded one until they are caught up.
 *
 * @param <T> the records
 * @param <S> the splits
 * @param <P> a position within a split
 */
public final class SourceContract<T, S extends Split, P> {
    /** Positions that are tried per split, evenly spread. */
    private static final int POSITIONS_MAX = 100;

    /** Polls without a record in a row: a source that needs more does not get on. */
    private static final int EMPTY_POLLS_MAX = 10_000;

    private static final int USUAL_MAX = 512;

    private final Source<T, S, P> source;

    /** A record, or input that is none, as it was emitted. */
    private record Item(Object value, String timestamp) {}

    private SourceContract(Source<T, S, P> source) {
        this.source = source;
    }

    /** Begins the contract of a source. */
    public static <T, S extends Split, P> SourceContract<T, S, P> of(Source<T, S, P> source) {
        return new SourceContract<>(source);
    }

    /**
     * Reads the input again and again.
     *
     * @return how many records and dead letters there are
     * @throws AssertionError if it is not always the same
     */
    public int verify() {
        List<S> splits = enumerate();
        Map<String, List<Item>> whole = new LinkedHashMap<>();
        int count = 0;
        for (S split : splits) {
            List<Item> items = read(split, null, USUAL_MAX);
            whole.put(split.id(), items);
            count += items.size();
            requireEqual("one record at a time, split " + split.id(), items, read(split, null, 1));
            resume(split, items);
        }
        interleave(splits, whole);
        closeEarly(splits);
        return count;
    }

    /** Checks the enumerator, and that splits survive their codec. */
    private List<S> enumerate() {
        List<S> found;
        byte[] before;
        byte[] after;
        try (Enumerator<S> enumerator = source.enumerator(null)) {
            before = enumerator.snapshot();
            found = new ArrayList<>(enumerator.discover());
            while (source.bounded() && !enumerator.done()) {
                found.addAll(enumerator.discover());
            }
            after = enumerator.snapshot();
        }
        requireEqual(
                "splits after a restart before they were found", ids(found), ids(found(before)));
        requireEqual("splits after a restart", List.of(), ids(found(after)));
        Set<String> ids = new HashSet<>(ids(found));
        require(ids.size() == found.size(), "two splits have one id: " + ids(found));
        return found.stream().map(split -> copy(source.splitCodec(), split)).toList();
    }

    private List<S> found(byte[] saved) {
        try (Enumerator<S> enumerator = source.enumerator(saved)) {
            List<S> found = new ArrayList<>(enumerator.discover());
            while (source.bounded() && !enumerator.done()) {
                found.addAll(enumerator.discover());
            }
            return found;
        }
    }

    private List<String> ids(List<S> splits) {
        return splits.stream().map(Split::id).toList();
    }

    /** Goes on from positions all over the split, each with another reader. */
    private void resume(S split, List<Item> items) {
        int step = Math.max(1, items.size() / POSITIONS_MAX);
        for (int read = 0; read <= items.size(); read += step) {
            P position = positionAfter(split, read);
            if (position != null) {
                requireEqual(
                        "split " + split.id() + " from its position after " + read,
                        items.subList(read, items.size()),
                        read(split, position, 3));
            }
        }
    }

    /** Returns the position behind some records, or null if the split has finished with them. */
    private P positionAfter(S split, int records) {
        try (Reader<T, S, P> reader = reader()) {
            reader.assign(split, null);
            Collected out = new Collected();
            while (out.items.size() < records) {
                int left = records - out.items.size();
                if (out.poll(reader, split, left) == Reader.Status.FINISHED) {
                    return null;
                }
            }
            P position = reader.position(split);
            require(position != null, "the position of split " + split.id() + " is null");
            requireEqual(
                    "the position of split " + split.id() + " when it is asked for again",
                    bytes(source.positionCodec(), position),
                    bytes(source.positionCodec(), reader.position(split)));
            reader.committed(split, position);
            return copy(source.positionCodec(), position);
        }
    }

    private List<Item> read(S split, P position, int recordsMax) {
        try (Reader<T, S, P> reader = reader()) {
            reader.assign(split, position);
            Collected out = new Collected();
            while (!out.over) {
                out.poll(reader, split, recordsMax);
            }
            return out.items;
        }
    }

    /** One reader reads all splits in turn. */
    private void interleave(List<S> splits, Map<String, List<Item>> whole) {
        try (Reader<T, S, P> reader = reader()) {
            Map<S, Collected> outs = new LinkedHashMap<>();
            for (S split : splits) {
                reader.assign(split, null);
                outs.put(split, new Collected());
            }
            while (outs.values().stream().anyMatch(out -> !out.over)) {
                outs.forEach(
                        (split, out) -> {
                            if (!out.over) {
                                out.poll(reader, split, 2);
                            }
                        });
            }
            outs.forEach(
                    (split, out) ->
                            requireEqual(
                                    "split " + split.id() + " in turn with others",
                                    whole.get(split.id()),
                                    out.items));
        }
    }

    private void closeEarly(List<S> splits) {
        reader().close();
        try (Reader<T, S, P> reader = reader()) {
            for (S split : splits) {
                reader.assign(split, null);
                new Collected().poll(reader, split, 1);
            }
        }
    }

    private Reader<T, S, P> reader() {
        return source.reader(new ReaderContext(source.name(), 0, 1));
    }

    private static <V> List<Byte> bytes(Codec<V> codec, V value) {
        List<Byte> bytes = new ArrayList<>();
        for (byte one : encoded(codec, value)) {
            bytes.add(one);
        }
        return bytes;
    }

    private static <V> byte[] encoded(Codec<V> codec, V value) {
        BytesOut out = new BytesOut(64);
        codec.write(value, out);
        return out.toByteArray();
    }

    private static <V> V copy(Codec<V> codec, V value) {
        return codec.read(new BytesIn(encoded(codec, value)), codec.version());
    }

    private static void requireEqual(String what, List<?> expected, List<?> came) {
        if (!expected.equals(came)) {
            int at = 0;
            while (at < Math.min(expected.size(), came.size())
                    && expected.get(at).equals(came.get(at))) {
                at++;
            }
            throw new AssertionError(
                    what
                            + ": the first difference is at "
                            + at
                            + "\nexpected "
                            + expected.subList(at, Math.min(expected.size(), at + 3))
                            + "\ncame     "
                            + came.subList(at, Math.min(came.size(), at + 3)));
        }
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new AssertionError(otherwise);
        }
    }

    /** Takes what one split gives, and only while it is polled. */
    private final class Collected implements SourceOutput<T> {
        private final List<Item> items = new ArrayList<>();
        private boolean polled;
        private int room;
        private int emptyPolls;
        private boolean over;

        Reader.Status poll(Reader<T, S, P> reader, S split, int recordsMax) {
            int before = items.size();
            polled = true;
            room = recordsMax;
            Reader.Status status = reader.poll(split, this, recordsMax);
            polled = false;
            boolean found = items.size() > before;
            emptyPolls = found ? 0 : emptyPolls + 1;
            require(emptyPolls < EMPTY_POLLS_MAX, "split " + split.id() + " does not get on");
            boolean caughtUp = status == Reader.Status.CAUGHT_UP && !found;
            over = status == Reader.Status.FINISHED || (caughtUp && !source.bounded());
            return status;
        }

        @Override
        public void emit(T value) {
            require(
                    source.eventTime().timestampMillis() != null || !source.eventTime().present(),
                    "a record came without the time that only the source knows: " + value);
            add(value, "");
        }

        @Override
        public void emit(T value, long timestampMillis) {
            add(value, Long.toString(timestampMillis));
        }

        @Override
        public void watermark(long timestampMillis) {
            require(polled, "a watermark came after its poll");
        }

        @Override
        public void deadLetter(String position, String reason, byte[] raw) {
            add(Arrays.asList(position, reason, new String(raw, StandardCharsets.UTF_8)), "");
        }

        private void add(Object value, String timestamp) {
            require(value != null, "a record is null");
            require(polled, "a record came after its poll: " + value);
            require(room-- > 0, "more records came than were asked for: " + value);
            items.add(new Item(value, timestamp));
        }
    }
}
