/**
 * How a graph is run: which steps form a chain, and what lies between chains. Start at {@link
 * io.headrace.kernel.plan.Plan}. Depends on all other packages of the kernel.
 */
package io.headrace.kernel.plan;
