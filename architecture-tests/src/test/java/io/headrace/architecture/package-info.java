/**
 * Who may import whom, and which calls belong to which place, read from the class files of every
 * module.
 *
 * <p>Start at {@link io.headrace.architecture.ArchitectureTest}; the drawing it compares with is
 * {@link io.headrace.architecture.ImportRule}. There is no list of exceptions: change the code, or
 * change the rule for everybody.
 */
package io.headrace.architecture;
