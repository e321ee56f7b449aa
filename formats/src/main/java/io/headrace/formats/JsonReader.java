package io.headrace.formats;

import tools.jackson.core.JsonParser;

/** Reads one kind of JSON value. Not thread-safe. */
@FunctionalInterface
interface JsonReader {
    /** Reads the value whose first token is the current one, and which is not null. */
    Object read(JsonParser parser) throws MalformedException;
}
