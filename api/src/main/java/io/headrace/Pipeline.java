package io.headrace;

import io.headrace.connector.DeadLetter;
import io.headrace.connector.Source;
import io.headrace.function.Side;
import io.headrace.graph.ConnectedKeys;
import io.headrace.graph.Graph;
import io.headrace.graph.Head;
import io.headrace.graph.Input;
import io.headrace.graph.Step;
import io.headrace.type.Type;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * A description of what is done with streams of records, built step by step and run by a {@link
 * Runner}.
 *
 * <pre>{@code
 * Pipeline pipeline = Pipeline.create("large-payments");
 * pipeline.readFrom(
 *                 Files.csv("payments.csv", Payment.class)
 *                         .eventTime(Payment::time, Duration.ofSeconds(5)))
 *         .filter(payment -> payment.amount().compareTo(limit) > 0)
 *         .writeTo(Files.jsonLinesTo("large", Payment.class));
 * }</pre>
 *
 * <p>Not thread-safe: build a pipeline in one thread. A started job keeps its own copy.
 */
public final class Pipeline {
    private final String name;
    private final List<Step> steps = new ArrayList<>();
    private final Map<Integer, Integer> parallelism = new HashMap<>();
    private final Set<String> names = new HashSet<>();
    private final Map<String, DataStream<?>> sides = new HashMap<>();
    private Graph.Settings settings = Graph.Settings.DEFAULT;
    private DataStream<DeadLetter> deadLetters;

    private Pipeline(String name) {
        this.name = Names.checked("pipeline", name);
    }

    /**
     * Creates an empty pipeline.
     *
     * @param name the identity of its jobs; 1 to 100 characters, no control characters
     */
    public static Pipeline create(String name) {
        return new Pipeline(name);
    }

    /** Reads a source; the step has the source's name. */
    public <T> DataStream<T> readFrom(Source<T, ?, ?> source) {
        return readFrom(source.name(), source);
    }

    /**
     * Reads a source.
     *
     * @param name the identity of the positions in checkpoints
     */
    public <T> DataStream<T> readFrom(String name, Source<T, ?, ?> source) {
        Step step = add(name, List.of(), source.type(), head -> new Step.Read(head, source));
        return new DataStream<>(
                this, Input.main(step.id()), source.type(), StreamTraits.of(source));
    }

    /**
     * Returns the stream of a side output.
     *
     * @throws IllegalArgumentException if no step so far emits to it
     */
    @SuppressWarnings("unchecked") // The side was registered with the stream of its type.
    public <T> DataStream<T> side(Side<T> side) {
        DataStream<?> stream = sides.get(side.name());
        if (stream == null) {
            throw new IllegalArgumentException(
                    "no step emits to side output "
                            + side.name()
                            + ": call lateTo or declare it in a ProcessFunction first");
        }
        if (!stream.type().filter(side.type()::equals).isPresent()) {
            throw new IllegalArgumentException(
                    "side output "
                            + side.name()
                            + " carries "
                            + stream.typeName()
                            + ", not "
                            + side.type());
        }
        return (DataStream<T>) stream;
    }

    /**
     * Returns the stream of all dead letters of the steps that are not behind it. Where it is never
     * called, a runner keeps dead letters in a file beside its state.
     */
    public DataStream<DeadLetter> deadLetters() {
        if (deadLetters == null) {
            Type<DeadLetter> type = Type.of(DeadLetter.class);
            Step step = add("dead-letters", List.of(), type, Step.DeadLetters::new);
            deadLetters = new DataStream<>(this, Input.main(step.id()), type, StreamTraits.UNTIMED);
        }
        return deadLetters;
    }

    /**
     * Sets how many subtasks each step has unless it sets its own; by default the runner decides.
     *
     * @param subtasks 1 to the number of key groups
     */
    public Pipeline parallelism(int subtasks) {
        settings =
                new Graph.Settings(
                        checkedParallelism(subtasks),
                        settings.keyGroups(),
                        settings.alignmentMillis(),
                        settings.portable());
        return this;
    }

    /**
     * Sets how far, in event time, one split may run ahead of the slowest before it has to wait; 1
     * h by default. More lets fast sources run longer, and makes joins keep more state.
     */
    public Pipeline sourceAlignment(Duration ahead) {
        settings =
                new Graph.Settings(
                        settings.parallelism(),
                        settings.keyGroups(),
                        Names.positiveMillis("source alignment", ahead),
                        settings.portable());
        return this;
    }

    /**
     * Sets the number of key groups, 128 by default: the largest parallelism that the state of this
     * pipeline can ever be run with. It cannot be changed once there is state.
     *
     * @param count a power of two, 1 to 32,768
     */
    public Pipeline keyGroups(int count) {
        if (Integer.bitCount(count) != 1 || count < 1 || count > 1 << 15) {
            throw new IllegalArgumentException(
                    "key groups: " + count + " is not a power of two from 1 to 32768");
        }
        checkedParallelism(Math.max(1, settings.parallelism()), count);
        parallelism.values().forEach(subtasks -> checkedParallelism(subtasks, count));
        settings =
                new Graph.Settings(
                        settings.parallelism(),
                        count,
                        settings.alignmentMillis(),
                        settings.portable());
        return this;
    }

    /** Refuses to run functions that cannot be sent to another machine. */
    public Pipeline portable() {
        settings =
                new Graph.Settings(
                        settings.parallelism(),
                        settings.keyGroups(),
                        settings.alignmentMillis(),
                        true);
        return this;
    }

    /** Returns the name. */
    public String name() {
        return name;
    }

    /**
     * Returns what was built so far. For runners.
     *
     * @throws IllegalStateException if nothing is written anywhere: the pipeline would do nothing
     * @throws IllegalArgumentException if connected streams have another parallelism
     */
    public Graph graph() {
        boolean ends =
                steps.stream().anyMatch(s -> s instanceof Step.Write || s instanceof Step.ForEach);
        if (!ends) {
            throw new IllegalStateException(
                    "pipeline " + name + " does nothing: end it with writeTo or forEach");
        }
        ConnectedKeys keys = connectedKeys();
        for (Step step : steps) {
            if (step instanceof Step.KeyBy keyBy) {
                keys.parallelism(keyBy, parallelism);
            }
        }
        return new Graph(name, steps, parallelism, settings);
    }

    /** Adds a step under the name that the user gave. */
    Step add(String stepName, List<Input> inputs, Type<?> type, Function<Head, Step> step) {
        String checked = Names.checked("step", stepName);
        if (!names.add(checked)) {
            throw new IllegalArgumentException(
                    "two steps are named "
                            + checked
                            + ": give each a name of its own, it is the identity of its state");
        }
        Step added = step.apply(new Head(steps.size(), checked, inputs, type));
        steps.add(added);
        return added;
    }

    /** Adds a step that has no state and needs no name: it is called after its kind and place. */
    Step addUnnamed(String kind, List<Input> inputs, Type<?> type, Function<Head, Step> step) {
        return add(kind + "-" + steps.size(), inputs, type, step);
    }

    /** Tells the type of a step's output after the step was added. */
    void retype(int id, Type<?> type) {
        steps.set(id, Retyped.with(steps.get(id), type));
    }

    void setParallelism(int id, int subtasks) {
        parallelism.put(id, checkedParallelism(subtasks));
    }

    /** Returns which keys belong together so far. */
    ConnectedKeys connectedKeys() {
        return new ConnectedKeys(steps);
    }

    Step step(int id) {
        return steps.get(id);
    }

    <T> void addSide(Side<T> side, int step, StreamTraits traits) {
        DataStream<T> stream =
                new DataStream<>(this, new Input(step, side.name()), side.type(), traits);
        if (sides.putIfAbsent(side.name(), stream) != null) {
            throw new IllegalArgumentException(
                    "two steps emit to side output " + side.name() + ": give each its own Side");
        }
    }

    private int checkedParallelism(int subtasks) {
        return checkedParallelism(subtasks, settings.keyGroups());
    }

    private static int checkedParallelism(int subtasks, int keyGroups) {
        if (subtasks < 1 || subtasks > keyGroups) {
            throw new IllegalArgumentException(
                    "parallelism "
                            + subtasks
                            + " is not from 1 to the number of key groups, "
                            + keyGroups);
        }
        return subtasks;
    }
}
