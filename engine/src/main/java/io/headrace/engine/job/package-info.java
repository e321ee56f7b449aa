/**
 * A job in this process: its threads, its state directory, its restarts. Start at {@link
 * io.headrace.engine.job.EmbeddedJob}. Depends on {@code coordinator} and below.
 */
package io.headrace.engine.job;
