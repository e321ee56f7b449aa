package io.headrace.examples.fraud;

/**
 * What a card paid within one window.
 *
 * @param count how many transactions
 * @param average their mean amount: exact cents, divided once
 */
public record Spend(long count, double average) {}
