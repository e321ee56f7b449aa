package io.headrace.kernel.function;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.function.Fn;
import io.headrace.kernel.chain.Operator;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OperatorClassesTest {
    private static final Fn<Object, Object> TWICE = value -> (Integer) value * 2;

    @Test
    void eachStepHasACopyThatItsSubtasksShare() {
        OperatorClasses classes = OperatorClasses.ofJob("each step");

        Class<?> one = classes.create(1, MapOperator.class, TWICE).getClass();

        assertThat(one).isNotEqualTo(MapOperator.class).isNotInstanceOf(MapOperator.class);
        assertThat(one.isHidden()).isTrue();
        assertThat(classes.create(1, MapOperator.class, TWICE).getClass()).isSameAs(one);
        assertThat(classes.create(2, MapOperator.class, TWICE).getClass()).isNotSameAs(one);
    }

    @Test
    void jobsOfTheSameFunctionsShareTheirClasses() {
        Class<?> one = OperatorClasses.ofJob("a").create(1, MapOperator.class, TWICE).getClass();

        assertThat(OperatorClasses.ofJob("a").create(1, MapOperator.class, TWICE).getClass())
                .isSameAs(one);
        assertThat(OperatorClasses.ofJob("b").create(1, MapOperator.class, TWICE).getClass())
                .isNotSameAs(one);
    }

    @Test
    void aStepOfAnotherKindIsAnotherCopy() {
        OperatorClasses classes = OperatorClasses.ofJob("kinds");
        Class<?> pass = classes.create(1, PassOperator.class).getClass();

        Class<?> map = classes.create(1, MapOperator.class, TWICE).getClass();

        assertThat(pass.getName()).startsWith(PassOperator.class.getName());
        assertThat(map.getName()).startsWith(MapOperator.class.getName());
    }

    @Test
    void copiesDoWhatTheirTemplateDoes() {
        List<Object> found = new ArrayList<>();
        OperatorClasses classes = OperatorClasses.ofJob("copies");
        Operator map = classes.create(1, MapOperator.class, TWICE);
        Operator pass = classes.create(2, PassOperator.class);
        map.connect(pass);
        pass.connect((value, timestamp) -> found.add(value + "@" + timestamp));

        map.emit(21, 7);

        assertThat(found).containsExactly("42@7");
    }

    @Test
    void debuggingNeedsNoCopies() {
        System.setProperty("headrace.copyOperators", "false");
        try {
            assertThat(OperatorClasses.ofJob("debugged")).isSameAs(OperatorClasses.SHARED);
        } finally {
            System.clearProperty("headrace.copyOperators");
        }
    }
}
