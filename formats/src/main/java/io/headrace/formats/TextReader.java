package io.headrace.formats;

/** Reads a value from its text. Stateless and thread-safe. */
@FunctionalInterface
interface TextReader {
    Object read(char[] text, int offset, int length) throws MalformedException;
}
