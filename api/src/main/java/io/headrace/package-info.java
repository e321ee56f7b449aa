/**
 * What users compile against: build a {@link io.headrace.Pipeline}, start it with a {@link
 * io.headrace.Runner}, watch its {@link io.headrace.Job}.
 *
 * <p>Building a pipeline only describes it; nothing runs. Depends on the other packages of this
 * module, which never depend on this one.
 */
package io.headrace;
