package io.headrace.engine.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.engine.Seed;
import io.headrace.kernel.state.StateLayout;
import io.headrace.state.TimeDomain;
import io.headrace.state.Timer;
import io.headrace.state.TimerDeclaration;
import io.headrace.type.Type;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TimersTest {
    private static final TimerDeclaration A = new TimerDeclaration("a", TimeDomain.EVENT_TIME);
    private static final TimerDeclaration B = new TimerDeclaration("b", TimeDomain.EVENT_TIME);
    private static final StateLayout LAYOUT =
            new StateLayout("step", Type.of(String.class), List.of(), List.of(A, B));

    private static final int KEYS = 50;

    private final EntryCodec codec = new EntryCodec(LAYOUT, "process", 128);
    private TableState state;
    private Timer a;
    private Timer b;
    private final List<String> fired = new ArrayList<>();

    @BeforeEach
    void createState() {
        state = new TableState(LAYOUT, codec);
        a = state.timer(A);
        b = state.timer(B);
        fired.clear();
    }

    private void seek(String key) {
        state.seek(key, codec.hash(key));
    }

    private void fire(long upTo) {
        while (state.fire(TimeDomain.EVENT_TIME, upTo, 1, this::onTimer)) {
            // One key at a time.
        }
    }

    private void onTimer(int timer, long time) {
        fired.add(state.key() + " " + (timer == 0 ? "a" : "b") + " " + time);
    }

    @Test
    void firesTiesInTheOrderOfDeclaration() {
        seek("k");
        b.set(5);
        a.set(5);
        state.settle();

        fire(5);

        assertThat(fired).containsExactly("k a 5", "k b 5");
        assertThat(state.size()).isZero();
    }

    @Test
    void firesInTheSamePassWhatATimerSetsAtOrBeforeTheTime() {
        seek("k");
        a.set(5);
        state.settle();

        while (state.fire(
                TimeDomain.EVENT_TIME,
                10,
                1,
                (timer, time) -> {
                    onTimer(timer, time);
                    if (fired.size() == 1) {
                        b.set(2);
                        a.set(11);
                    }
                })) {
            // One key at a time.
        }

        assertThat(fired).containsExactly("k a 5", "k b 2");
        assertThat(state.nextTime(TimeDomain.EVENT_TIME)).isEqualTo(11);
    }

    @Test
    void firesOverdueTimersInTheOrderOfTimeTooNotOfTheirSetting() {
        seek("k");
        a.set(100);
        state.settle();
        fire(100);
        fired.clear();
        seek("k");
        a.set(50);
        b.set(40);
        state.settle();

        fire(100);

        assertThat(fired).containsExactly("k b 40", "k a 50");
    }

    @Test
    void firesATimerOfAKeyThatWasForgottenAndCameBackOnlyAtItsNewTime() {
        seek("k");
        a.set(5);
        a.clear();
        state.settle();
        seek("k");
        a.set(7);
        state.settle();

        fire(5);
        fire(7);

        assertThat(fired).containsExactly("k a 7");
    }

    /** The last timer of a key is set further away, back, or cleared and set again. */
    private void setAnew(SplittableRandom random, long time) {
        seek("k" + random.nextInt(KEYS));
        switch (random.nextInt(3)) {
            case 0 -> a.set(time + random.nextInt(1_000));
            case 1 -> b.set(500_000_000 + random.nextInt(2));
            default -> {
                b.clear();
                b.set(500_000_000);
            }
        }
        state.settle();
    }

    @Test
    void keepsFewReferencesHoweverOftenTimersAreSetAnew() {
        SplittableRandom random = Seed.random(7);
        long most = 0;

        for (long time = 0; time < 200_000; time++) {
            setAnew(random, 1_000 + time);
            if (time % 1_000 == 0) {
                fire(time - 5_000);
            }
            most = Math.max(most, state.timerReferences(TimeDomain.EVENT_TIME));
        }
        long left = state.timerReferences(TimeDomain.EVENT_TIME);
        fire(Long.MAX_VALUE - 1);

        assertThat(most).as(Seed.repeat(7)).isLessThan(4 * 2 * KEYS + 100);
        assertThat(left).isGreaterThanOrEqualTo(KEYS);
        assertThat(state.timerReferences(TimeDomain.EVENT_TIME)).isZero();
        assertThat(state.size()).isZero();
    }

    @Test
    void firesExactlyWhatIsPendingInTheOrderOfTimeWhateverWasSetBefore() {
        for (int salt = 0; salt < 100; salt++) {
            SplittableRandom random = Seed.random(salt);
            Map<String, Long> pending = new HashMap<>();
            createState();
            List<String> expected = new ArrayList<>();
            long now = (salt - 50) * 1_000_000_007L;
            for (int i = 0; i < 500; i++) {
                String key = "k" + random.nextInt(20);
                boolean first = random.nextBoolean();
                seek(key);
                Timer timer = first ? a : b;
                String name = key + (first ? " a " : " b ");
                if (random.nextInt(4) == 0) {
                    timer.clear();
                    pending.remove(name);
                } else {
                    long time = now + 1 + (long) Math.exp(random.nextInt(30));
                    timer.set(time);
                    pending.put(name, time);
                }
                state.settle();
                if (random.nextInt(10) == 0) {
                    now += random.nextInt(20);
                    long upTo = now;
                    pending.entrySet().stream()
                            .filter(timerAt -> timerAt.getValue() <= upTo)
                            .forEach(due -> expected.add(due.getKey() + due.getValue()));
                    pending.values().removeIf(time -> time <= upTo);
                    fire(upTo);
                }
            }
            fire(Long.MAX_VALUE);
            pending.forEach((name, time) -> expected.add(name + time));

            assertThat(fired).as(Seed.repeat(salt)).containsExactlyInAnyOrderElementsOf(expected);
            assertThat(fired).isSortedAccordingTo((x, y) -> Long.compare(time(x), time(y)));
            assertThat(state.size()).isZero();
        }
    }

    private static long time(String line) {
        return Long.parseLong(line.substring(line.lastIndexOf(' ') + 1));
    }
}
