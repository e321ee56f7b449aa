/**
 * Holds tests to what they claim: changes of production code, one by one, that a suite must notice
 * within a number of seeds.
 *
 * <p>A change is a patch in {@code src/test/mutations} of the module whose suite must notice it.
 * Start at {@link io.headrace.testkit.mutation.MutationGate}.
 */
package io.headrace.testkit.mutation;
