/**
 * Values as bytes: the codec that follows from a type, the text of a schema, and the hash that
 * places a key.
 *
 * <p>The forms of bytes, text and hash are frozen: golden tests hold them. Start at {@link
 * io.headrace.kernel.codec.Codecs}. Depends on {@code io.headrace.type} only.
 */
package io.headrace.kernel.codec;
