/**
 * Reads and writes files in a local or mounted file system.
 *
 * <p>The source reads a bounded set of files, each from any record on; the sink writes part files
 * that appear whole, once, and never change. Start at {@link io.headrace.connectors.files.Files}.
 * What the bytes mean is a matter of the formats; depends on these and on the api.
 */
package io.headrace.connectors.files;
