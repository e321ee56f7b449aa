package io.headrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.JobMetrics;
import io.headrace.JobMetrics.KeyShare;
import io.headrace.JobMetrics.StepMetrics;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** When a job that has run names a key. */
class SkewTest {
    private static StepMetrics step(double share, Long... inBySubtask) {
        List<KeyShare> keys = List.of(new JobMetrics.KeyShare("hot", share));
        return new StepMetrics("s", 10, 10, 0, 0, 0, Map.of(), keys, List.of(inBySubtask));
    }

    @Test
    void namesAKeyThatKeepsOneOfSeveralSubtasksBusy() {
        assertThat(RunCommand.skew(step(0.5, 6L, 4L))).isEqualTo(", 50 % of late with the key hot");
        assertThat(RunCommand.skew(step(0.1, 6L, 4L))).isEmpty();
    }

    @Test
    void saysNothingOfTheKeysOfASingleSubtask() {
        assertThat(RunCommand.skew(step(1, 10L))).isEmpty();
    }
}
