package io.headrace.testkit;

import io.headrace.engine.tasklet.Inspector;
import io.headrace.function.Aggregator;
import io.headrace.graph.Step;
import io.headrace.kernel.chain.Operator;
import io.headrace.kernel.chain.OperatorContext;
import io.headrace.kernel.chain.Port;
import io.headrace.kernel.codec.KeyHash;
import io.headrace.kernel.state.KeyGroups;
import io.headrace.kernel.state.KeyedState;
import io.headrace.kernel.state.SeriesState;
import io.headrace.kernel.state.StateLayout;
import io.headrace.state.MapState;
import io.headrace.state.StateDeclaration;
import io.headrace.state.TimerDeclaration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Function;

/** What a tester sees of one execution from within: its operators, their state, their records. */
final class Probe implements Inspector {
    private final int keyGroups;
    private final MutationGuard guard = new MutationGuard();
    private final Map<String, List<Operator>> operators = new LinkedHashMap<>();
    private final Map<String, Stateful> stateful = new LinkedHashMap<>();
    private final Map<String, Long> lateInputs = new HashMap<>();

    /** A step with state, subtask by subtask. */
    private record Stateful(Step step, StateLayout layout, List<OperatorContext> subtasks) {
        /** Returns the result of an accumulator of a process function. */
        Object result(String state, Object accumulator) {
            Aggregator<Object, Object, Object> aggregator =
                    ((Step.Stateful) step).function().aggregators().get(state);
            try {
                return accumulator == null ? null : aggregator.result(accumulator);
            } catch (Exception failed) {
                throw new IllegalStateException("the aggregator of " + state + " failed", failed);
            }
        }
    }

    Probe(int keyGroups) {
        this.keyGroups = keyGroups;
    }

    @Override
    public Port input(Step step, Operator operator, Port port) {
        Port guarded = guard.input(step, port);
        return (value, timestamp) -> {
            if (timestamp <= operator.watermark() && timestamp != Long.MIN_VALUE) {
                lateInputs.merge(step.name(), 1L, Long::sum);
            }
            guarded.emit(value, timestamp);
        };
    }

    @Override
    public Port output(Step step, Port port) {
        return guard.output(step, port);
    }

    @Override
    public void opened(Step step, int subtask, Operator operator, OperatorContext context) {
        operators.computeIfAbsent(step.name(), name -> new ArrayList<>()).add(operator);
        if (context.state() != null) {
            stateful.computeIfAbsent(
                            step.name(),
                            name -> new Stateful(step, operator.layout(), new ArrayList<>()))
                    .subtasks()
                    .add(context);
        }
    }

    void settled() {
        guard.settled();
    }

    /** Returns when the next processing-time timer is due, or {@link Long#MAX_VALUE}. */
    long nextProcessingTime() {
        return operators.values().stream()
                .flatMap(List::stream)
                .mapToLong(Operator::nextProcessingTime)
                .min()
                .orElse(Long.MAX_VALUE);
    }

    /** Returns the lowest watermark of the subtasks of a step. */
    long watermark(String step) {
        List<Operator> subtasks = operators.get(step);
        if (subtasks == null) {
            throw new IllegalArgumentException(
                    "there is no step " + step + ", there are " + operators.keySet());
        }
        return subtasks.stream().mapToLong(Operator::watermark).min().orElseThrow();
    }

    /** Returns how many records came to a step behind its watermark. */
    long lateInputs(String step) {
        return lateInputs.getOrDefault(step, 0L);
    }

    /**
     * Returns what a step keeps under a name for a key: a value, a result, a list, a map, or null.
     */
    Object state(String step, Object key, String name) {
        Stateful kept = stateful(step);
        StateDeclaration declaration =
                declared(step, "state", name, kept.layout().states(), StateDeclaration::name);
        return at(kept, key, state -> read(kept, state, declaration));
    }

    /**
     * Returns what a step keeps in a broadcast map.
     *
     * @throws AssertionError if it is not the same in all subtasks
     */
    Map<Object, Object> broadcastState(String step, String name) {
        Stateful kept = stateful(step);
        StateLayout.Broadcast broadcast = kept.layout().broadcast();
        StateDeclaration declaration =
                declared(
                        step,
                        "broadcast state",
                        name,
                        broadcast == null ? List.of() : broadcast.maps(),
                        StateDeclaration::name);
        List<Map<Object, Object>> copies =
                kept.subtasks().stream()
                        .map(context -> copy(context.broadcast().map(declaration)))
                        .distinct()
                        .toList();
        if (copies.size() > 1) {
            throw new AssertionError(
                    "the subtasks of step "
                            + step
                            + " do not agree on broadcast state "
                            + name
                            + ": one has "
                            + copies.get(0)
                            + ", one "
                            + copies.get(1)
                            + "; processControl must depend on nothing but the control record and"
                            + " broadcast state");
        }
        return copies.get(0);
    }

    /** Returns when a timer of a step is due for a key. */
    OptionalLong timer(String step, Object key, String name) {
        Stateful kept = stateful(step);
        TimerDeclaration declaration =
                declared(step, "timer", name, kept.layout().timers(), TimerDeclaration::name);
        return at(kept, key, state -> state.timer(declaration).time());
    }

    private static <D> D declared(
            String step, String kind, String name, List<D> all, Function<D, String> nameOf) {
        return all.stream()
                .filter(one -> nameOf.apply(one).equals(name))
                .findFirst()
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        "step "
                                                + step
                                                + " has no "
                                                + kind
                                                + " "
                                                + name
                                                + ", it has "
                                                + all.stream().map(nameOf).toList()));
    }

    private Stateful stateful(String step) {
        Stateful kept = stateful.get(step);
        if (kept == null) {
            throw new IllegalArgumentException(
                    "no step " + step + " has state: those that have are " + stateful.keySet());
        }
        return kept;
    }

    private <R> R at(Stateful kept, Object key, Function<KeyedState, R> look) {
        int hash = KeyHash.of(kept.layout().keyType(), keyGroups).hash(key);
        int group = KeyGroups.group(hash, keyGroups);
        int subtask = KeyGroups.subtask(group, kept.subtasks().size(), keyGroups);
        KeyedState state = kept.subtasks().get(subtask).state();
        state.seek(key, hash);
        R found = look.apply(state);
        state.settle();
        return found;
    }

    private static Object read(Stateful kept, KeyedState state, StateDeclaration declaration) {
        return switch (declaration.kind()) {
            case VALUE -> state.value(declaration).get();
            case ACCUMULATOR ->
                    kept.result(declaration.name(), state.accumulator(declaration).edit());
            case LIST -> {
                List<Object> values = new ArrayList<>();
                state.list(declaration).get().forEach(values::add);
                yield values;
            }
            case MAP -> copy(state.map(declaration));
            case SERIES -> {
                if (kept.step() instanceof Step.Process) {
                    yield List.copyOf(state.timeSeries(declaration).all());
                }
                SeriesState<Object> series = state.series(declaration);
                List<Object> values = new ArrayList<>();
                for (int i = 0; i < series.size(); i++) {
                    values.add(series.value(i));
                }
                yield values;
            }
        };
    }

    private static Map<Object, Object> copy(MapState<Object, Object> map) {
        Map<Object, Object> entries = new LinkedHashMap<>();
        map.entries().forEach(entry -> entries.put(entry.getKey(), entry.getValue()));
        return entries;
    }
}
