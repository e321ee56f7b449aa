package io.headrace.kernel.plan;

import io.headrace.connector.SinkWriter;
import io.headrace.function.StatefulFunction;
import io.headrace.graph.Step;
import io.headrace.graph.WindowShape;
import io.headrace.kernel.chain.Operator;
import io.headrace.kernel.codec.KeyHash;
import io.headrace.kernel.function.ControlRecords;
import io.headrace.kernel.function.CountWindowOperator;
import io.headrace.kernel.function.FilterOperator;
import io.headrace.kernel.function.FlatMapOperator;
import io.headrace.kernel.function.ForEachOperator;
import io.headrace.kernel.function.KeyByOperator;
import io.headrace.kernel.function.LookBackOperator;
import io.headrace.kernel.function.MapOperator;
import io.headrace.kernel.function.MapWithKeyOperator;
import io.headrace.kernel.function.OperatorClasses;
import io.headrace.kernel.function.PassOperator;
import io.headrace.kernel.function.ProcessOperator;
import io.headrace.kernel.function.SessionOperator;
import io.headrace.kernel.function.SortByTimeOperator;
import io.headrace.kernel.function.TriggeredWindowOperator;
import io.headrace.kernel.function.WaitingRecords;
import io.headrace.kernel.function.WindowOperator;
import io.headrace.kernel.function.WriteOperator;
import io.headrace.kernel.state.StateLayout;
import io.headrace.state.StateDeclaration;
import io.headrace.state.TimeToLive;
import io.headrace.state.TimerDeclaration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Creates the operator of a step, one per subtask. The same on every host. */
public final class OperatorFactory implements Step.Visitor<Operator> {
    private final OperatorClasses classes;
    private final int keyGroups;
    private final Function<Step.Write, SinkWriter<Object>> writers;

    /**
     * Creates the factory of one subtask.
     *
     * @param classes what the operators are made of
     * @param keyGroups how many there are
     * @param writers creates the writer of a sink
     */
    public OperatorFactory(
            OperatorClasses classes,
            int keyGroups,
            Function<Step.Write, SinkWriter<Object>> writers) {
        this.classes = classes;
        this.keyGroups = keyGroups;
        this.writers = writers;
    }

    /** Returns what a step keeps per key, or null. Creates no function of the user. */
    public static StateLayout layout(Step step) {
        if (step instanceof Step.BroadcastProcess broadcast) {
            return layout(broadcast);
        }
        if (step instanceof Step.Stateful stateful) {
            return layout(stateful);
        }
        if (step instanceof Step.Window window) {
            return OperatorClasses.SHARED.create(step.id(), windowed(window), window).layout();
        }
        if (step instanceof Step.SortByTime sort) {
            return layout(sort);
        }
        return step instanceof Step.LookBack lookBack
                ? new LookBackOperator(lookBack).layout()
                : null;
    }

    private static StateLayout layout(Step.Stateful step) {
        List<TimerDeclaration> timers = new ArrayList<>(step.function().timers());
        TimeToLive timeToLive = step.function().declarations().timeToLive();
        if (timeToLive != null) {
            timers.add(timeToLive.timer());
        }
        return new StateLayout(
                step.name(), step.keyType(), step.function().states(), timers, timeToLive);
    }

    /** What waits stands first: among equal times, records come before timers. */
    private static StateLayout layout(Step.BroadcastProcess step) {
        StateLayout declared = layout((Step.Stateful) step);
        List<StateDeclaration> states = new ArrayList<>();
        states.add(WaitingRecords.declaration(step.waiting().valueType()));
        states.addAll(declared.states());
        List<TimerDeclaration> timers = new ArrayList<>();
        timers.add(WaitingRecords.TIMER);
        timers.addAll(declared.timers());
        return new StateLayout(
                declared.step(),
                declared.keyType(),
                states,
                timers,
                declared.timeToLive(),
                new StateLayout.Broadcast(
                        step.function().declarations().broadcast(), step.waiting().controlType()));
    }

    private static StateLayout layout(Step.SortByTime step) {
        return new StateLayout(
                step.name(),
                step.keyType(),
                List.of(
                        WaitingRecords.declaration(step.room().valueType()),
                        SortByTimeOperator.RELEASED),
                List.of(WaitingRecords.TIMER));
    }

    @Override
    public Operator read(Step.Read step) {
        return create(step, PassOperator.class);
    }

    @Override
    public Operator map(Step.Map step) {
        return create(step, MapOperator.class, step.function());
    }

    @Override
    public Operator mapWithKey(Step.MapWithKey step) {
        return create(step, MapWithKeyOperator.class, step.function());
    }

    @Override
    public Operator filter(Step.Filter step) {
        return create(step, FilterOperator.class, step.condition());
    }

    @Override
    public Operator flatMap(Step.FlatMap step) {
        return create(step, FlatMapOperator.class, step.function());
    }

    @Override
    public Operator merge(Step.Merge step) {
        return create(step, PassOperator.class);
    }

    @Override
    public Operator rebalance(Step.Rebalance step) {
        return create(step, PassOperator.class);
    }

    @Override
    public Operator partitionBy(Step.PartitionBy step) {
        return create(step, PassOperator.class); // The edge before it has chosen.
    }

    @Override
    public Operator broadcast(Step.Broadcast step) {
        return create(step, PassOperator.class);
    }

    @Override
    public Operator keyBy(Step.KeyBy step) {
        KeyHash hash = KeyHash.of(step.keyType(), keyGroups);
        return create(step, KeyByOperator.class, step.selector(), hash);
    }

    @Override
    public Operator process(Step.Process step) {
        return process(step, layout(step), step.function().factory().get());
    }

    @Override
    public Operator coProcess(Step.CoProcess step) {
        return process(step, layout(step), step.function().factory().get());
    }

    @Override
    public Operator broadcastProcess(Step.BroadcastProcess step) {
        StateLayout layout = layout(step);
        var function = step.function().factory().get();
        return create(
                step,
                ProcessOperator.class,
                layout,
                function,
                new WaitingRecords(layout, step.waiting().late()),
                new ControlRecords(function));
    }

    /** Its records do not wait. */
    private Operator process(Step step, StateLayout layout, StatefulFunction<?, ?> function) {
        return create(step, ProcessOperator.class, layout, function, null, null);
    }

    @Override
    public Operator window(Step.Window step) {
        return create(step, windowed(step), step);
    }

    private static Class<? extends Operator> windowed(Step.Window step) {
        if (step.firing().triggered() != null) {
            return TriggeredWindowOperator.class;
        }
        if (step.windows() instanceof WindowShape.Sessions) {
            return SessionOperator.class;
        }
        return step.windows() instanceof WindowShape.Counted
                        || step.windows() instanceof WindowShape.Global
                ? CountWindowOperator.class
                : WindowOperator.class;
    }

    @Override
    public Operator lookBack(Step.LookBack step) {
        return create(step, LookBackOperator.class, step);
    }

    @Override
    public Operator sortByTime(Step.SortByTime step) {
        return create(step, SortByTimeOperator.class, step, layout(step));
    }

    @Override
    public Operator deadLetters(Step.DeadLetters step) {
        return create(step, PassOperator.class);
    }

    @Override
    public Operator write(Step.Write step) {
        return create(step, WriteOperator.class, writers.apply(step));
    }

    @Override
    public Operator forEach(Step.ForEach step) {
        return create(step, ForEachOperator.class, step.action());
    }

    private Operator create(Step step, Class<? extends Operator> template, Object... arguments) {
        return classes.create(step.id(), template, arguments);
    }
}
