package io.headrace.kernel.codec;

/** A record that a test loads a second time, as the loader of a job does. */
record Detached(int number, String text) {}
