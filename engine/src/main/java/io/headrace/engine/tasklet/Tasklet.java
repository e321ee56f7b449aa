package io.headrace.engine.tasklet;

/** A unit of cooperative work. A worker thread, or a simulation, calls it again and again. */
public interface Tasklet {
    /**
     * Does a bounded amount of work, about 50 µs, and never blocks.
     *
     * @return whether anything was done; false lets the caller rest
     */
    boolean step();
}
