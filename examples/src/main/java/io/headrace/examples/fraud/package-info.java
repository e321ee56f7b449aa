/**
 * Finds card fraud in a stream of transactions: simulated data, features, limits, decisions.
 *
 * <p>What is decided lives here as plain functions and records that know nothing of streams: {@link
 * io.headrace.examples.fraud.FraudScore} judges one transaction by its {@link
 * io.headrace.examples.fraud.Features}, with the numbers of {@link
 * io.headrace.examples.fraud.FraudLimits}. {@link io.headrace.examples.fraud.FraudSimulator} makes
 * the data, {@link io.headrace.examples.fraud.Quality} says how good the decisions were. Start at
 * {@code FraudScore}.
 */
package io.headrace.examples.fraud;
