/**
 * A pipeline as data: an immutable graph of steps that runners interpret.
 *
 * <p>Users of pipelines never need this package; authors of runners start at {@link
 * io.headrace.graph.Graph}. A step knows what it does and nothing of how it is run. Depends on
 * {@code connector}, {@code function}, {@code state} and {@code type}.
 */
package io.headrace.graph;
