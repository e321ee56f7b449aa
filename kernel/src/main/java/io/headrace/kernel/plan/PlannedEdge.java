package io.headrace.kernel.plan;

import io.headrace.graph.Input;

/**
 * An exchange between two chains.
 *
 * @param id its place in the plan
 * @param from the output it carries
 * @param toStep the step that takes its records
 * @param toInput which of the step's inputs it is
 * @param partitioning how records find their subtask
 */
public record PlannedEdge(int id, Input from, int toStep, int toInput, Partitioning partitioning) {}
