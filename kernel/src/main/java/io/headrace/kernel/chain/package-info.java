/**
 * Operators, and the chain that drives them: data are pushed from operator to operator, time and
 * barriers are driven by the chain alone. Start at {@link io.headrace.kernel.chain.Operator}, then
 * {@link io.headrace.kernel.chain.Chain}. Depends on {@code state} and the API.
 */
package io.headrace.kernel.chain;
