/**
 * Programs to read first. Start at {@link io.headrace.examples.LargePayments}, the one of the
 * README; a whole application is in package {@code fraud}. May depend on anything.
 */
package io.headrace.examples;
