/**
 * Checkpoints on durable storage: files of state, the manifest that makes them one checkpoint, and
 * the protocol that makes the manifest durable.
 *
 * <p>Knows bytes, key groups and schemas, never a user's value, an operator or a thread. Start at
 * {@link io.headrace.kernel.checkpoint.CheckpointDirectory}; all storage is behind {@link
 * io.headrace.kernel.checkpoint.Store}.
 */
package io.headrace.kernel.checkpoint;
