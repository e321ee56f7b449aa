/**
 * Holds the tests to what they claim: changes of production code, one by one, that a suite must
 * notice within a number of seeds.
 *
 * <p>A change is a patch in {@code src/test/mutations}. Start at {@code MutationGateTest}.
 */
package io.headrace.testkit.mutation;
