package io.headrace.engine.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class SpscQueueTest {
    private static final int ELEMENTS = 1_000_000;

    @Test
    void refusesAnElementWhenItIsFull() {
        SpscQueue<Integer> queue = new SpscQueue<>(2);

        boolean first = queue.offer(1);
        boolean second = queue.offer(2);
        boolean third = queue.offer(3);

        assertThat(first && second).isTrue();
        assertThat(third).isFalse();
        assertThat(queue.poll()).isEqualTo(1);
        assertThat(queue.offer(3)).isTrue();
    }

    @Test
    void givesNothingWhenItIsEmpty() {
        SpscQueue<Integer> queue = new SpscQueue<>(2);

        assertThat(queue.poll()).isNull();
        assertThat(queue.isEmpty()).isTrue();
    }

    @Test
    void refusesACapacityThatIsNoPowerOfTwo() {
        assertThatThrownBy(() -> new SpscQueue<>(3)).hasMessageContaining("3 is no power of two");
    }

    @Test
    @Timeout(60)
    void keepsTheOrderOfAMillionElementsBetweenTwoThreads() throws InterruptedException {
        SpscQueue<Integer> queue = new SpscQueue<>(64);
        Thread producer =
                new Thread(
                        () -> {
                            for (int i = 0; i < ELEMENTS; i++) {
                                while (!queue.offer(i)) {
                                    Thread.onSpinWait();
                                }
                            }
                        });

        producer.start();
        int taken = 0;
        int inOrder = 0;
        while (taken < ELEMENTS) {
            Integer element = queue.poll();
            if (element == null) {
                Thread.onSpinWait();
            } else {
                inOrder += element == taken ? 1 : 0;
                taken++;
            }
        }
        producer.join();

        assertThat(inOrder).isEqualTo(ELEMENTS);
        assertThat(queue.isEmpty()).isTrue();
    }

    @Test
    @Timeout(60)
    void losesNoWakeUp() throws InterruptedException {
        SpscQueue<Integer> queue = new SpscQueue<>(4);
        Signal signal = new Signal();
        Thread producer =
                new Thread(
                        () -> {
                            for (int i = 0; i < 20_000; i++) {
                                while (!queue.offer(i)) {
                                    Thread.onSpinWait();
                                }
                                signal.wake();
                            }
                        });

        producer.start();
        int taken = 0;
        while (taken < 20_000) {
            if (queue.poll() != null) {
                taken++;
                continue;
            }
            signal.announce();
            if (queue.isEmpty()) {
                signal.sleep(60_000_000_000L); // A lost wake-up would run into the time limit.
            } else {
                signal.cancel();
            }
        }
        producer.join();

        assertThat(queue.poll()).isNull();
    }
}
