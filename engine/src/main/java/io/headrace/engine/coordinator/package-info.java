/**
 * What holds an execution together: handing out splits, taking checkpoints, committing sinks. Start
 * at {@link io.headrace.engine.coordinator.Coordinator}. Depends on {@code tasklet} and the kernel.
 */
package io.headrace.engine.coordinator;
