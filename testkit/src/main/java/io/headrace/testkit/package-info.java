/**
 * What tests of pipelines, runners and connectors stand on: pipelines that are fed and looked at,
 * step by step; storage and time that fail on demand, the same way for the same seed.
 *
 * <p>To test a pipeline start at {@link io.headrace.testkit.PipelineTester}, to test what runs it
 * at {@link io.headrace.testkit.FaultyStore}.
 */
package io.headrace.testkit;
