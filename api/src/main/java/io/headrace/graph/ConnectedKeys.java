package io.headrace.graph;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Where the key of a stream comes from, and which {@code keyBy} steps belong together: records of
 * one key that come from any of them meet in one subtask, because a step takes records of them all.
 *
 * <p>For builders of graphs and authors of runners. Not thread-safe; sees the steps that were there
 * when it was created.
 */
public final class ConnectedKeys {
    private final List<Step> steps;

    /** For each {@code keyBy} all that belong together with it, by rising ids. */
    private final Map<Integer, List<Step.KeyBy>> members = new HashMap<>();

    /**
     * Looks at a graph.
     *
     * @param steps every step after its inputs; the id of a step is its index
     */
    public ConnectedKeys(List<Step> steps) {
        this.steps = List.copyOf(steps);
        for (Step step : steps) {
            if (step instanceof Step.KeyBy keyBy) {
                members.put(keyBy.id(), List.of(keyBy));
            } else if (step instanceof Step.CoProcess) {
                join(keyBy(step.head().inputs().get(0)), keyBy(step.head().inputs().get(1)));
            }
        }
    }

    private void join(Step.KeyBy first, Step.KeyBy second) {
        Set<Step.KeyBy> joined = new HashSet<>(members.get(first.id()));
        joined.addAll(members.get(second.id()));
        List<Step.KeyBy> sorted = new ArrayList<>(joined);
        sorted.sort((one, other) -> Integer.compare(one.id(), other.id()));
        sorted.forEach(each -> members.put(each.id(), sorted));
    }

    /**
     * Returns the broadcasts whose records come to the subtasks of a {@code keyBy}: these cannot
     * run without them.
     */
    public List<Input> broadcastsInto(Step.KeyBy keyBy) {
        List<Step.KeyBy> group = together(keyBy);
        return steps.stream()
                .filter(Step.BroadcastProcess.class::isInstance)
                .filter(step -> into(step).filter(group::contains).isPresent())
                .map(step -> step.head().inputs().get(1))
                .toList();
    }

    /** Returns the {@code keyBy} steps that belong together with one, itself among them, by id. */
    public List<Step.KeyBy> together(Step.KeyBy keyBy) {
        return members.get(keyBy.id());
    }

    /**
     * Returns the parallelism that is set for a {@code keyBy}, or for one that belongs together
     * with it: records of one key must meet.
     *
     * @param set what is set for steps, by id
     * @throws IllegalArgumentException if another one is set for two that belong together
     */
    public Optional<Integer> parallelism(Step.KeyBy keyBy, Map<Integer, Integer> set) {
        Step.KeyBy first = null;
        for (Step.KeyBy each : together(keyBy)) {
            if (first == null && set.containsKey(each.id())) {
                first = each;
            } else if (set.containsKey(each.id())
                    && !set.get(each.id()).equals(set.get(first.id()))) {
                throw new IllegalArgumentException(
                        "steps "
                                + first.name()
                                + " and "
                                + each.name()
                                + " are connected and have parallelism "
                                + set.get(first.id())
                                + " and "
                                + set.get(each.id())
                                + ": set it behind one of them only, it holds for both");
            }
        }
        return first == null ? Optional.empty() : Optional.of(set.get(first.id()));
    }

    /** Returns the {@code keyBy} whose key the records have that come into a step. */
    public Optional<Step.KeyBy> into(Step step) {
        Step at = step;
        while (carries(at)) {
            Input input = at.head().inputs().get(0);
            if (input.side() != null) {
                return Optional.empty();
            }
            at = steps.get(input.step());
            if (at instanceof Step.KeyBy keyBy) {
                return Optional.of(keyBy);
            }
            if (at instanceof Step.Rebalance
                    || at instanceof Step.PartitionBy
                    || at instanceof Step.Broadcast) {
                return Optional.empty();
            }
        }
        return Optional.empty();
    }

    /** Returns whether what comes out of a step can have the key of what comes into it. */
    private static boolean carries(Step step) {
        return step.head().inputs().size() == 1 || step instanceof Step.Stateful;
    }

    /**
     * Returns the {@code keyBy} of a stream that has a key.
     *
     * @throws IllegalArgumentException if it has none
     */
    public Step.KeyBy keyBy(Input stream) {
        Step step = steps.get(stream.step());
        Optional<Step.KeyBy> found =
                step instanceof Step.KeyBy keyBy ? Optional.of(keyBy) : into(step);
        return found.orElseThrow(
                () ->
                        new IllegalArgumentException(
                                "the stream behind step " + step.name() + " has no key"));
    }

    /**
     * Checks that two keys can be connected.
     *
     * @param name the step that connects them
     * @throws IllegalArgumentException if records come from one of them to the other, which would
     *     be a circle
     */
    public void requireApart(String name, Step.KeyBy one, Step.KeyBy other) {
        if (together(one).contains(other)) {
            return;
        }
        if (behind(one).contains(other.id())) {
            throw circle(name, one, other);
        }
        if (behind(other).contains(one.id())) {
            throw circle(name, other, one);
        }
    }

    /**
     * Checks that a keyed stream can be connected with a broadcast.
     *
     * @param name the step that connects them
     * @throws IllegalArgumentException if the broadcast gets records from that stream, which would
     *     be a circle
     */
    public void requireApart(String name, Step.KeyBy keyed, Input broadcast) {
        if (behind(keyed).contains(broadcast.step())) {
            throw circle(name, keyed, steps.get(broadcast.step()));
        }
    }

    private static IllegalArgumentException circle(String name, Step.KeyBy from, Step to) {
        return new IllegalArgumentException(
                "step "
                        + name
                        + " connects "
                        + from.name()
                        + " with "
                        + to.name()
                        + ", whose records come from it: their subtasks would wait for themselves."
                        + " Call keyBy once more on the stream before "
                        + from.name()
                        + ", and connect that one");
    }

    /**
     * Returns all steps that get records, directly or not, from the subtasks of a {@code keyBy} and
     * of those that belong together with it.
     */
    private Set<Integer> behind(Step.KeyBy keyBy) {
        Set<Integer> reached = new HashSet<>();
        together(keyBy).forEach(each -> reached.add(each.id()));
        boolean more = true;
        while (more) {
            more = false;
            for (Step step : steps) {
                if (!reached.contains(step.id()) && isBehind(step, reached)) {
                    reached.add(step.id());
                    inTheChainOf(step)
                            .ifPresent(found -> together(found).forEach(e -> reached.add(e.id())));
                    more = true;
                }
            }
        }
        return reached;
    }

    /** Returns the {@code keyBy} whose subtasks all take in what comes to a step, if any do. */
    private Optional<Step.KeyBy> inTheChainOf(Step step) {
        if (step instanceof Step.KeyBy keyBy) {
            return Optional.of(keyBy);
        }
        return step instanceof Step.BroadcastProcess ? into(step) : Optional.empty();
    }

    private boolean isBehind(Step step, Set<Integer> reached) {
        return step instanceof Step.DeadLetters
                ? reached.stream().map(steps::get).anyMatch(each -> feeds(step, each))
                : step.head().inputs().stream().anyMatch(input -> reached.contains(input.step()));
    }

    /** Returns whether the dead letters of a step come to the stream of dead letters. */
    private boolean feeds(Step deadLetters, Step step) {
        if (!(step instanceof Step.KeyBy)) {
            return false;
        }
        Set<Integer> behind = new HashSet<>(Set.of(deadLetters.id()));
        for (Step each : steps) { // Ids rise along the inputs: one pass finds all.
            if (each.head().inputs().stream().anyMatch(input -> behind.contains(input.step()))) {
                behind.add(each.id());
            }
        }
        return !behind.contains(step.id());
    }
}
