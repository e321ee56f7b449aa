package io.headrace.testkit;

/**
 * A record as it left the pipeline.
 *
 * @param timestampMillis its event time; {@link Long#MIN_VALUE} if it has none
 * @param <T> the record
 */
public record Emitted<T>(T value, long timestampMillis) {}
