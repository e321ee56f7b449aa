package io.headrace.function;

import java.io.Serializable;
import java.util.function.Supplier;

/**
 * Creates the objects of a function that has state of its own, one for each subtask.
 *
 * <p>Serializable, as all functions are, so that it can be called on another machine; {@code
 * MyFunction::new} is.
 *
 * @param <T> what it creates
 */
@FunctionalInterface
public interface Factory<T> extends Supplier<T>, Serializable {}
