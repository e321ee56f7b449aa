/**
 * Runs pipelines of scenarios on whatever can run them, and compares what comes out.
 *
 * <p>Start at {@link io.headrace.conformance.run.Subject}. The reference is one subject, an engine
 * under test another.
 */
package io.headrace.conformance.run;
