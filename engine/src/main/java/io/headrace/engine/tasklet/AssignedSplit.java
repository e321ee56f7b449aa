package io.headrace.engine.tasklet;

/**
 * A split and where to go on in it.
 *
 * @param split the connector's split
 * @param position the connector's position, null for the start
 * @param maxTimestamp the highest timestamp seen so far, {@link Long#MIN_VALUE} for none
 * @param records how many records were read so far
 */
public record AssignedSplit(Object split, Object position, long maxTimestamp, long records) {}
