package io.headrace.examples.fraud.demo;

import io.headrace.JobMetrics;
import io.headrace.JobMetrics.StepMetrics;
import io.headrace.examples.fraud.FraudPipeline;
import java.util.ArrayList;
import java.util.List;

/**
 * Checks, once the job has finished, that no record was lost or made up: what a step took in is
 * what it processed, found late or refused; what one sent the next one took; what a sink took is
 * published.
 */
final class Accounting {
    private final JobMetrics metrics;
    private final List<String> violations = new ArrayList<>();

    private Accounting(JobMetrics metrics) {
        this.metrics = metrics;
    }

    /** Returns what does not add up, as equations that are wrong; empty if everything does. */
    static List<String> violations(JobMetrics metrics) {
        Accounting accounting = new Accounting(metrics);
        accounting.check();
        return accounting.violations;
    }

    private void check() {
        StepMetrics transactions = metrics.step(FraudPipeline.TRANSACTIONS);
        StepMetrics customers = metrics.step(FraudPipeline.CUSTOMERS);
        StepMetrics terminals = metrics.step(FraudPipeline.TERMINALS);
        long frauds = 0;
        if (has(FraudPipeline.LABELS)) {
            StepMetrics labels = metrics.step(FraudPipeline.LABELS);
            equal("labels read", labels.in(), labels.out() + labels.deadLetters());
            frauds = metrics.step(FraudPipeline.LABEL_JOIN).out();
        }
        equal(
                "transactions read",
                transactions.in(),
                transactions.out() + transactions.deadLetters());
        equal("taken by " + customers.name(), customers.in(), transactions.out());
        equal(
                "in " + customers.name(),
                customers.in(),
                customers.out() + customers.late() + customers.deadLetters());
        equal("taken by " + terminals.name(), terminals.in(), customers.out() + frauds);
        equal("scored", terminals.out(), customers.out());
        checkSink(FraudPipeline.FEATURES);
        equal("features", metrics.step(FraudPipeline.FEATURES).in(), terminals.out());
        checkSink(FraudPipeline.ALERTS);
    }

    private boolean has(String step) {
        return metrics.steps().stream().anyMatch(each -> each.name().equals(step));
    }

    private void checkSink(String name) {
        StepMetrics sink = metrics.step(name);
        equal(name + " published", sink.committed(), sink.in());
    }

    private void equal(String what, long found, long expected) {
        if (found != expected) {
            violations.add(what + ": " + found + ", not " + expected);
        }
    }
}
