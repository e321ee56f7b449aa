/**
 * Keyed state on the heap: one table per subtask of a step, changed in place, saved while it is in
 * use. Start at {@link io.headrace.engine.store.TableState}. Depends on the kernel only.
 */
package io.headrace.engine.store;
