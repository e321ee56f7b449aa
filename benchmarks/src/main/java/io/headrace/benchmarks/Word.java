package io.headrace.benchmarks;

/** One of a million words. */
record Word(long key, long timestampMillis) {}
