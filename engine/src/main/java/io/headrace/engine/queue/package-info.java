/**
 * What lies between two tasklets: rings with one writer and one reader, and the batches that they
 * carry. Depends on nothing.
 */
package io.headrace.engine.queue;
