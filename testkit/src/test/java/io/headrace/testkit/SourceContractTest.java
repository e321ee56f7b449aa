package io.headrace.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headrace.connector.Enumerator;
import io.headrace.connector.EventTime;
import io.headrace.connector.Reader;
import io.headrace.connector.ReaderContext;
import io.headrace.connector.Source;
import io.headrace.connector.SourceOutput;
import io.headrace.connector.Split;
import io.headrace.kernel.codec.Codecs;
import io.headrace.type.Codec;
import io.headrace.type.Type;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SourceContractTest {
    record Part(String id) implements Split {}

    /** What a source of numbers does wrong. */
    enum Flaw {
        NONE,
        POSITION_TOO_EARLY,
        MORE_THAN_WANTED,
        FINDS_SPLITS_AGAIN,
        SHARES_POSITIONS
    }

    /** The numbers from 0 to 9 in each of three splits. */
    private record Numbers(Flaw flaw, boolean bounded) implements Source<Long, Part, Long> {
        @Override
        public String name() {
            return "numbers";
        }

        @Override
        public Type<Long> type() {
            return Type.of(Long.class);
        }

        @Override
        public EventTime<Long> eventTime() {
            return EventTime.none();
        }

        @Override
        public Enumerator<Part> enumerator(byte[] saved) {
            return new Enumerator<>() {
                private boolean found = saved != null && saved[0] == 1;

                @Override
                public List<Part> discover() {
                    boolean again = flaw == Flaw.FINDS_SPLITS_AGAIN;
                    List<Part> parts = List.of(new Part("a"), new Part("b"), new Part("c"));
                    List<Part> fresh = found && !again ? List.of() : parts;
                    found = true;
                    return fresh;
                }

                @Override
                public boolean done() {
                    return found;
                }

                @Override
                public byte[] snapshot() {
                    return new byte[] {(byte) (found ? 1 : 0)};
                }
            };
        }

        @Override
        public Reader<Long, Part, Long> reader(ReaderContext context) {
            return new Counting();
        }

        @Override
        public Codec<Part> splitCodec() {
            return Codecs.of(Type.of(Part.class));
        }

        @Override
        public Codec<Long> positionCodec() {
            return Codecs.of(Type.of(Long.class));
        }

        private final class Counting implements Reader<Long, Part, Long> {
            private final Map<String, Long> next = new HashMap<>();

            private String place(Part split) {
                return flaw == Flaw.SHARES_POSITIONS ? "all" : split.id();
            }

            @Override
            public void assign(Part split, Long position) {
                next.put(place(split), position == null ? 0 : position);
            }

            @Override
            public Status poll(Part split, SourceOutput<Long> out, int recordsMax) {
                int max = flaw == Flaw.MORE_THAN_WANTED ? 4 : Math.min(4, recordsMax);
                long from = next.get(place(split));
                long to = Math.min(10, from + max);
                for (long number = from; number < to; number++) {
                    out.emit(number);
                }
                next.put(place(split), to);
                if (from == 10) {
                    return bounded ? Status.FINISHED : Status.CAUGHT_UP;
                }
                return Status.MORE;
            }

            @Override
            public Long position(Part split) {
                long position = next.get(place(split));
                return flaw == Flaw.POSITION_TOO_EARLY ? Math.max(0, position - 1) : position;
            }

            @Override
            public void close() {}
        }
    }

    @Test
    void isHeldByABoundedAndByAnUnboundedSource() {
        assertThat(SourceContract.of(new Numbers(Flaw.NONE, true)).verify()).isEqualTo(30);
        assertThat(SourceContract.of(new Numbers(Flaw.NONE, false)).verify()).isEqualTo(30);
    }

    @ParameterizedTest
    @CsvSource({
        "POSITION_TOO_EARLY, split a from its position after 1",
        "MORE_THAN_WANTED, more records came than were asked for",
        "FINDS_SPLITS_AGAIN, splits after a restart",
        "SHARES_POSITIONS, in turn with others"
    })
    void findsWhatASourceDoesWrong(Flaw flaw, String message) {
        assertThatThrownBy(() -> SourceContract.of(new Numbers(flaw, true)).verify())
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining(message);
    }
}
