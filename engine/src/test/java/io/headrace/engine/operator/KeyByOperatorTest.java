package io.headrace.engine.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.connector.DeadLetter;
import io.headrace.engine.VirtualClock;
import io.headrace.engine.store.EntryCodec;
import io.headrace.engine.store.KeyedStore;
import io.headrace.kernel.chain.KeySlot;
import io.headrace.kernel.chain.OperatorContext;
import io.headrace.kernel.codec.KeyHash;
import io.headrace.kernel.function.KeyByOperator;
import io.headrace.kernel.state.StateLayout;
import io.headrace.state.StateDeclaration;
import io.headrace.state.ValueState;
import io.headrace.type.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A keyBy before state that is large: it collects records, and announces their keys. */
class KeyByOperatorTest {
    private static final Type<String> STRING = Type.of(String.class);
    private static final KeyHash HASH = KeyHash.of(STRING, 128);
    private static final StateDeclaration STATE =
            new StateDeclaration("seen", StateDeclaration.Kind.VALUE, null, STRING);

    private final KeySlot slot = new KeySlot();
    private final List<String> passed = new ArrayList<>();
    private final List<Object> deadLetters = new ArrayList<>();
    private KeyByOperator keyBy;

    @BeforeEach
    void openBeforeLargeState() {
        keyBy =
                new KeyByOperator(
                        value -> value.equals("none") ? null : "key-" + value.toString().charAt(0),
                        HASH);
        keyBy.open(new OperatorContext("keyBy", new VirtualClock(), slot, null));
        keyBy.connect(
                (value, timestamp) -> {
                    assertThat(slot.hash).isEqualTo(HASH.hash(slot.key));
                    passed.add(slot.key + " " + value + " @" + timestamp);
                });
        keyBy.connectDeadLetters((value, timestamp) -> deadLetters.add(value));
        keyBy.announceTo(List.of(stateWithOneKey()));
        keyBy.flush(); // Here it sees that the state is large.
    }

    private static KeyedStore stateWithOneKey() {
        StateLayout layout = new StateLayout("step", STRING, List.of(STATE), List.of());
        KeyedStore state = KeyedStore.of(layout, new EntryCodec(layout, "process", 16), 0);
        ValueState<String> seen = state.value(STATE);
        state.seek("key-a", HASH.hash("key-a"));
        seen.set("yes");
        state.settle();
        return state;
    }

    @Test
    void passesOnInOrderWhatItCollectedAtTheEndOfAStep() {
        keyBy.process(0, "a1", 5);
        keyBy.process(0, "b1", 3);
        keyBy.process(0, "a2", 4);
        assertThat(passed).isEmpty();

        keyBy.flush();

        assertThat(passed).containsExactly("key-a a1 @5", "key-b b1 @3", "key-a a2 @4");
    }

    @Test
    void keepsNothingWhenAWatermarkOrTheEndComes() {
        keyBy.process(0, "a1", 1);
        keyBy.work(1);
        assertThat(passed).hasSize(1);

        keyBy.process(0, "a2", 2);
        keyBy.onEnd();
        assertThat(passed).hasSize(2);
    }

    @Test
    void passesOnWithoutBeingAskedWhenItHasCollectedEnough() {
        List<String> values = IntStream.range(0, 1000).mapToObj(i -> "a" + i).toList();
        values.forEach(value -> keyBy.process(0, value, 0));

        assertThat(passed.size()).isBetween(900, 1000);
        keyBy.flush();
        assertThat(passed).isEqualTo(values.stream().map(v -> "key-a " + v + " @0").toList());
    }

    @Test
    void setsRecordsWithoutAKeyAsideAtOnce() {
        keyBy.process(0, "a1", 1);
        keyBy.process(0, "none", 2);

        assertThat(deadLetters).hasSize(1).first().isInstanceOf(DeadLetter.class);
    }
}
