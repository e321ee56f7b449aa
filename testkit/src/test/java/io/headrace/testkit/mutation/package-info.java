/** Runs the mutants of the simulation, and tests how patches are read. */
package io.headrace.testkit.mutation;
