/**
 * What tests of pipelines, runners and connectors stand on: storage and time that fail on demand,
 * the same way for the same seed.
 *
 * <p>Start at {@link io.headrace.testkit.FaultyStore}.
 */
package io.headrace.testkit;
