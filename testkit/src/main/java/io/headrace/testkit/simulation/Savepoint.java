package io.headrace.testkit.simulation;

import io.headrace.kernel.checkpoint.Manifest;
import io.headrace.testkit.FaultyStore;
import java.util.Map;

/**
 * A savepoint, and what the targets showed when its checkpoint was completed.
 *
 * @param head of the manifest
 */
record Savepoint(FaultyStore store, Manifest.Head head, Map<String, TargetTable> tables) {}
