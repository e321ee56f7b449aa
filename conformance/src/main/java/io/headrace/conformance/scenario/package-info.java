/**
 * Scenarios: a pipeline, what its sources do, and what must come out, as a text that people read
 * and write.
 *
 * <p>Start at {@link io.headrace.conformance.scenario.Scenario}. A pipeline is a list of {@link
 * io.headrace.conformance.scenario.StepLine}s, built into a real one by {@link
 * io.headrace.conformance.scenario.PipelineText}. Knows the API, and neither the reference nor an
 * engine.
 */
package io.headrace.conformance.scenario;
