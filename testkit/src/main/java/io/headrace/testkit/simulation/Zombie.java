package io.headrace.testkit.simulation;

import io.headrace.engine.tasklet.Tasklet;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A process that was declared dead and goes on: its storage refuses it, its target may not know
 * yet.
 */
final class Zombie {
    private final List<Tasklet> tasklets;
    private final SplittableRandom random;
    private int stepsLeft;

    Zombie(List<Tasklet> tasklets, SplittableRandom random) {
        this.tasklets = List.copyOf(tasklets);
        this.random = random;
        this.stepsLeft = random.nextInt(2_000);
    }

    /** Takes a step; returns whether it still lives. */
    boolean step() {
        stepsLeft--;
        try {
            tasklets.get(random.nextInt(tasklets.size())).step();
        } catch (RuntimeException refused) {
            return false; // Storage or target has told it.
        }
        return stepsLeft > 0;
    }
}
