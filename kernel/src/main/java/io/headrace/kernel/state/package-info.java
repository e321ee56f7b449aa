/**
 * Where keyed state lives: the key group of a key and the subtask of a key group.
 *
 * <p>Start at {@link io.headrace.kernel.state.KeyGroups}. Depends on the JDK only.
 */
package io.headrace.kernel.state;
