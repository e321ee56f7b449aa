package io.headrace.engine.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.StateRefusedException;
import io.headrace.connector.ConnectorException;
import io.headrace.kernel.chain.StepFailure;
import org.junit.jupiter.api.Test;

class CrashLoopTest {
    private static final long NO_CHECKPOINT = -1;
    private final CrashLoop crashLoop = new CrashLoop();

    private static StepFailure failureOf(String step, Object record) {
        return new StepFailure(step, "key", record, new IllegalStateException("why"));
    }

    @Test
    void givesUpAtTheThirdFailureWithoutACheckpointSinceTheFirst() {
        long first = crashLoop.onFailure(failureOf("score", 1), 7);
        long second = crashLoop.onFailure(failureOf("score", 1), NO_CHECKPOINT);
        long third = crashLoop.onFailure(failureOf("score", 1), NO_CHECKPOINT);

        assertThat(first).isPositive();
        assertThat(second).isGreaterThan(first);
        assertThat(third).isNegative();
    }

    @Test
    void countsAStepWhicheverRecordFailsFirst() {
        crashLoop.onFailure(failureOf("score", 1), NO_CHECKPOINT);
        crashLoop.onFailure(failureOf("score", 2), NO_CHECKPOINT);

        assertThat(crashLoop.onFailure(failureOf("score", 3), NO_CHECKPOINT)).isNegative();
    }

    @Test
    void startsToCountAgainBehindACheckpointOrAnotherFailure() {
        crashLoop.onFailure(failureOf("score", 1), 7);
        crashLoop.onFailure(failureOf("score", 1), NO_CHECKPOINT);
        long behindCheckpoint = crashLoop.onFailure(failureOf("score", 1), 8);
        crashLoop.onFailure(failureOf("score", 1), NO_CHECKPOINT);
        long another = crashLoop.onFailure(failureOf("other", 1), NO_CHECKPOINT);

        assertThat(behindCheckpoint).isPositive();
        assertThat(another).isPositive();
    }

    @Test
    void waitsForAnExternalSystemHoweverLongAndAtMostHalfAMinute() {
        long delayMillis = 0;
        for (int i = 0; i < 100; i++) {
            delayMillis =
                    crashLoop.onFailure(ConnectorException.retryable("away", null), NO_CHECKPOINT);
        }

        assertThat(delayMillis).isEqualTo(30_000);
    }

    @Test
    void givesUpAtOnceWhatTryingAgainCannotHelp() {
        long fatal = crashLoop.onFailure(ConnectorException.fatal("no table", null), NO_CHECKPOINT);
        long refused = crashLoop.onFailure(new StateRefusedException("damaged"), NO_CHECKPOINT);
        long unloadable = crashLoop.onFailure(new NoClassDefFoundError("a/B"), NO_CHECKPOINT);

        assertThat(fatal).isNegative();
        assertThat(refused).isNegative();
        assertThat(unloadable).isNegative();
    }

    @Test
    void namesAnErrorWhoseMessageIsABareName() {
        assertThat(CrashLoop.message("pay", new NoClassDefFoundError("a/B")))
                .isEqualTo("job pay failed: java.lang.NoClassDefFoundError: a/B");
    }
}
