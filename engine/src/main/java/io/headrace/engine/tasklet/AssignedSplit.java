package io.headrace.engine.tasklet;

import io.headrace.kernel.time.SplitTime;

/**
 * A split and where to go on in it.
 *
 * @param split the connector's split
 * @param position the connector's position, null for the start
 * @param time how far its time is
 */
public record AssignedSplit(Object split, Object position, SplitTime time) {}
