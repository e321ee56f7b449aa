/**
 * Random pipelines and data for them, and the way from a failure to a small scenario.
 *
 * <p>Everything follows from a seed. Start at {@link io.headrace.conformance.random.RandomCase}.
 */
package io.headrace.conformance.random;
