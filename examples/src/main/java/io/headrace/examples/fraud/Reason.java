package io.headrace.examples.fraud;

/**
 * One rule that a transaction broke.
 *
 * @param rule the name of the rule, one of the constants of {@link FraudLimits}
 * @param value what was measured
 * @param limit what it should not have exceeded
 */
public record Reason(String rule, double value, double limit) {}
