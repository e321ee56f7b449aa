/**
 * What a connector author implements: sources, sinks and their positions.
 *
 * <p>A connector sees one split or one subtask at a time and never a thread, a queue or a barrier;
 * runners own those. Start at {@link io.headrace.connector.Source} and {@link
 * io.headrace.connector.Sink}. Depends on {@code type} and {@code function} only.
 */
package io.headrace.connector;
