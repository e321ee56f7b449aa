package io.headrace.conformance.reference;

import io.headrace.connector.DeadLetter;
import io.headrace.graph.Step;
import io.headrace.graph.WindowShape;
import java.nio.charset.StandardCharsets;

/** What each kind of step does. */
final class Behaviors implements Step.Visitor<Behavior> {
    private final Node node;
    private final World world;

    Behaviors(Node node, World world) {
        this.node = node;
        this.world = world;
    }

    @Override
    public Behavior read(Step.Read step) {
        return node::emit;
    }

    @Override
    public Behavior map(Step.Map step) {
        return event -> node.emit(event.with(step.function().apply(event.value())));
    }

    @Override
    public Behavior mapWithKey(Step.MapWithKey step) {
        return event -> node.emit(event.with(step.function().apply(event.key(), event.value())));
    }

    @Override
    public Behavior filter(Step.Filter step) {
        return event -> {
            if (step.condition().test(event.value())) {
                node.emit(event);
            }
        };
    }

    @Override
    public Behavior flatMap(Step.FlatMap step) {
        return event -> step.function().apply(event.value(), value -> node.emit(event.with(value)));
    }

    @Override
    public Behavior merge(Step.Merge step) {
        return node::emit;
    }

    @Override
    public Behavior rebalance(Step.Rebalance step) {
        return node::emit;
    }

    @Override
    public Behavior partitionBy(Step.PartitionBy step) {
        return node::emit;
    }

    @Override
    public Behavior broadcast(Step.Broadcast step) {
        return node::emit;
    }

    @Override
    public Behavior keyBy(Step.KeyBy step) {
        return event -> {
            Object key = step.selector().apply(event.value());
            if (key == null) {
                byte[] raw = event.value().toString().getBytes(StandardCharsets.UTF_8);
                node.deadLetter(
                        new DeadLetter(step.name(), "", "", "the key is null", raw),
                        event.timestamp());
            } else {
                node.emit(new Event(key, event.value(), event.timestamp()));
            }
        };
    }

    @Override
    public Behavior process(Step.Process step) {
        return new ProcessBehavior(node, step, step.function().factory().get(), world);
    }

    @Override
    public Behavior coProcess(Step.CoProcess step) {
        return new ProcessBehavior(node, step, step.function().factory().get(), world);
    }

    @Override
    public Behavior broadcastProcess(Step.BroadcastProcess step) {
        return new BroadcastBehavior(node, step, world);
    }

    @Override
    public Behavior window(Step.Window step) {
        if (step.firing().triggered() != null) {
            return new TriggeredBehavior(node, step, world);
        }
        return step.windows() instanceof WindowShape.Counted
                        || step.windows() instanceof WindowShape.Global
                ? new CountBehavior(node, step)
                : new WindowBehavior(node, step);
    }

    @Override
    public Behavior lookBack(Step.LookBack step) {
        return new LookBackBehavior(node, step);
    }

    @Override
    public Behavior sortByTime(Step.SortByTime step) {
        return new SortByTimeBehavior(node, step);
    }

    @Override
    public Behavior deadLetters(Step.DeadLetters step) {
        return node::emit;
    }

    @Override
    public Behavior write(Step.Write step) {
        return event ->
                world.written.add(new Written(step.name(), event.value(), event.timestamp()));
    }

    @Override
    public Behavior forEach(Step.ForEach step) {
        return event -> step.action().accept(event.value());
    }
}
