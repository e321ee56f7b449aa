/**
 * What a pipeline means, in the plainest code that says it: one thread, every record at once, every
 * state in a map, every result computed anew from all that was kept.
 *
 * <p>It is written from the documents and the Javadoc of the API, depends on nothing but the API
 * ({@code ArchitectureTest} holds that), and must stay slow and obvious: where it and an engine
 * differ, one of them is wrong. Start at {@link io.headrace.conformance.reference.Reference}.
 */
package io.headrace.conformance.reference;
