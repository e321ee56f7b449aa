/**
 * One workload, the same for all: how much CPU does a pipeline cost, compared with a loop that was
 * written by hand for the same query?
 *
 * <p>Start at {@link io.headrace.benchmarks.Bench}, then {@link io.headrace.benchmarks.Query}.
 * Knows pipelines only by their API and runs them on any {@link io.headrace.Runner}.
 */
package io.headrace.benchmarks;
