package io.headrace.formats;

import tools.jackson.core.JsonGenerator;

/** Writes one kind of value as JSON. Not thread-safe. */
@FunctionalInterface
interface JsonWriter {
    /** Writes a value that is not null. */
    void write(Object value, JsonGenerator generator);
}
