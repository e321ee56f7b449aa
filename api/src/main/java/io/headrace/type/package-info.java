/**
 * What a value is: {@link io.headrace.type.Type}, the {@link io.headrace.type.Schema} derived from
 * it, and the {@link io.headrace.type.Codec} that turns it into bytes.
 *
 * <p>Types are known when a pipeline is built, so that a value that cannot be stored is refused
 * before the first record. Start at {@link io.headrace.type.Type}. Depends on the JDK only.
 */
package io.headrace.type;
