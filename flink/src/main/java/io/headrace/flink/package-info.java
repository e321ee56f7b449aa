/**
 * Pipelines on Apache Flink.
 *
 * <p>Start at {@link io.headrace.flink.FlinkRunner}. The operators are those of the kernel; here is
 * what gives them records, time and state on Flink. Depends on api, kernel and Flink.
 */
package io.headrace.flink;
