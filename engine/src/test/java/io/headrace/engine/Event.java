package io.headrace.engine;

/** What the pipelines of tests process. */
public record Event(String key, long time, long value) {}
