package io.headrace.state;

/**
 * A value of a {@link TimeSeries}.
 *
 * @param time what it was added with, in milliseconds since 1970-01-01T00:00Z
 * @param value not null
 * @param <V> the values
 */
public record TimedValue<V>(long time, V value) {}
