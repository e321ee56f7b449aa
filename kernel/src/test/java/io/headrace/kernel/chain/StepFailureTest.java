package io.headrace.kernel.chain;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StepFailureTest {
    @Test
    void namesStepCauseKeyAndRecord() {
        StepFailure failure =
                new StepFailure("score", "card 7", "payment 9", new ArithmeticException("/ by 0"));

        assertThat(failure.step()).isEqualTo("score");
        assertThat(failure)
                .hasMessage(
                        "step score failed: java.lang.ArithmeticException: / by 0;"
                                + " key card 7; record payment 9");
    }

    @Test
    void cutsALongRecord() {
        String record = "x".repeat(10_000);

        StepFailure failure = new StepFailure("score", null, record, new Exception());

        assertThat(failure.getMessage())
                .hasSizeLessThan(StepFailure.RECORD_CHARS_MAX + 100)
                .endsWith("…");
    }

    @Test
    void survivesARecordThatCannotBeShown() {
        Object broken =
                new Object() {
                    @Override
                    public String toString() {
                        throw new IllegalStateException();
                    }
                };

        StepFailure failure = new StepFailure("score", null, broken, new Exception("why"));

        assertThat(failure).hasMessageContaining("whose toString fails");
    }
}
