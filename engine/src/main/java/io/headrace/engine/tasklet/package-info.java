/**
 * What a worker steps: subtasks, each a chain with what feeds it and the edges behind it. A subtask
 * never blocks and never sees a thread. Start at {@link io.headrace.engine.tasklet.Subtask}.
 * Depends on {@code queue}, {@code store} and the kernel.
 */
package io.headrace.engine.tasklet;
