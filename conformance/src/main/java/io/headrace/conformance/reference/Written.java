package io.headrace.conformance.reference;

/** A record that came to a sink. */
public record Written(String sink, Object value, long timestamp) {}
