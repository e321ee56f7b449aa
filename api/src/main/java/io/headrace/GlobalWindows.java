package io.headrace;

/** One window of all records of a key. Made by {@link Windows#global}. */
public record GlobalWindows() implements Windows {}
