/**
 * What a user writes: functions, aggregators and process functions.
 *
 * <p>Functions are serializable and stateless; a runner may share one object among all subtasks and
 * call it from several threads at once. Whoever needs state declares it in a {@link
 * io.headrace.function.ProcessFunction}, which is created once per subtask. Depends on {@code type}
 * and {@code state} only.
 */
package io.headrace.function;
