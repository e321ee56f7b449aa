/**
 * What each step does: one operator per kind of step, with its semantics of time and state. These
 * are the same on every host. Start at {@link io.headrace.kernel.function.WindowOperator}. Depends
 * on {@code chain} and {@code state}.
 */
package io.headrace.kernel.function;
