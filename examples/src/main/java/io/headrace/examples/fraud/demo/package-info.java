/**
 * The commands {@code headrace simulate fraud} and {@code headrace demo fraud}.
 *
 * <p>What is scored, and how, is one package up; here is what a person sees of it, and what makes a
 * start go on where the last one ended. Start at {@link
 * io.headrace.examples.fraud.demo.DemoCommand}.
 */
package io.headrace.examples.fraud.demo;
