/**
 * Runs the real engine in virtual time: one seed decides the data, the pipeline, the order of every
 * step, and when what fails. Nothing here starts a thread or reads a clock.
 *
 * <p>Start at {@link io.headrace.testkit.simulation.Simulation}. What is right is computed by
 * {@link io.headrace.testkit.simulation.Workload} without the engine, and held by {@code Oracle}
 * after every checkpoint.
 */
package io.headrace.testkit.simulation;
