/**
 * Bytes to records and back: CSV and JSON lines.
 *
 * <p>A format knows where records begin and end in a buffer and what their bytes mean; it never
 * sees a file, a thread or a network. Decoders are total: whatever the bytes are, each record
 * becomes a value or a reason. Start at {@link io.headrace.formats.Format}, then {@link
 * io.headrace.formats.Csv} and {@link io.headrace.formats.Json}. Depends on the api and on one
 * library per format.
 */
package io.headrace.formats;
