/**
 * The embedded engine: runs a pipeline inside this process. Start at {@link
 * io.headrace.engine.EmbeddedRunner}; everything else in this module is internal.
 */
package io.headrace.engine;
