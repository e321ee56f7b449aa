package io.headrace.conformance.reference;

import io.headrace.connector.DeadLetter;
import io.headrace.graph.Graph;
import io.headrace.graph.Input;
import io.headrace.graph.Step;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Interprets a pipeline, one event after the other.
 *
 * <p>Whatever a source does is told by a call, and when the call returns everything that follows
 * from it has happened. Restarts, checkpoints and parallelism have no meaning here: they must not
 * change what a pipeline gives.
 *
 * <p><b>Time.</b> A source has the smallest watermark of its splits that are neither idle nor
 * ended; a step the smallest of its inputs that are not idle. Neither goes back. A step has done
 * all its work for a watermark before the steps behind it see it. A bounded source whose splits
 * have all ended has the watermark {@link Long#MAX_VALUE}, and a step whose inputs all have it has
 * ended. A source or step is idle if some of its splits or inputs are idle, and all others have
 * ended; none of the splits behind it holds back another, so it is where the furthest of those that
 * are idle is.
 *
 * <p><b>Threading.</b> One thread.
 */
public final class Reference {
    private final List<Node> nodes = new ArrayList<>();
    private final Map<String, SourceNode> sources = new LinkedHashMap<>();
    private final World world = new World();

    /** A source, and the time of its splits. */
    private record SourceNode(Node node, boolean bounded, Map<String, SplitTime> splits) {}

    private static final class SplitTime {
        long watermark = Long.MIN_VALUE;
        boolean idle;
        boolean ended;
    }

    /**
     * Begins a pipeline.
     *
     * @param splits the names of the splits of each source
     * @param clockMillis where the clock starts
     */
    public Reference(Graph graph, Map<String, List<String>> splits, long clockMillis) {
        world.clockMillis = clockMillis;
        for (Step step : graph.steps()) {
            Node node = new Node(step);
            node.behavior = step.accept(new Behaviors(node, world));
            for (Input input : step.head().inputs()) {
                Node before = nodes.get(input.step());
                for (int copy = 0; copy < copies(graph, before.step, step); copy++) {
                    before.connect(input.side(), node, node.inputs.size());
                }
                node.inputs.add(before);
            }
            if (step instanceof Step.Read read) {
                addSource(node, read, splits.get(step.name()));
            }
            nodes.add(node);
        }
        connectDeadLetters();
    }

    /**
     * Every subtask of a step behind a broadcast gets each record; here they are one behind it. To
     * control records all subtasks of a step do the same, so that one does.
     */
    private static int copies(Graph graph, Step before, Step step) {
        boolean sendsToOne =
                step instanceof Step.KeyBy
                        || step instanceof Step.Rebalance
                        || step instanceof Step.PartitionBy
                        || step instanceof Step.BroadcastProcess;
        return before instanceof Step.Broadcast && !sendsToOne
                ? graph.parallelism().getOrDefault(step.id(), 1)
                : 1;
    }

    private void addSource(Node node, Step.Read read, List<String> names) {
        Map<String, SplitTime> times = new LinkedHashMap<>();
        names.forEach(name -> times.put(name, new SplitTime()));
        sources.put(read.name(), new SourceNode(node, read.source().bounded(), times));
    }

    /** Dead letters of the steps behind the stream of dead letters do not come back to it. */
    private void connectDeadLetters() {
        for (Node letters : nodes) {
            if (letters.step instanceof Step.DeadLetters) {
                List<Node> behind = new ArrayList<>(List.of(letters));
                for (Node node : nodes) {
                    if (node.inputs.stream().anyMatch(behind::contains)) {
                        behind.add(node);
                    } else {
                        node.connectDeadLetters(letters);
                    }
                }
            }
        }
    }

    /** A source reads a record. Behind it, its split is no longer idle. */
    public void record(String source, String split, Object value, long timestamp) {
        sources.get(source).node().take(new Event(null, value, timestamp));
        split(source, split).idle = false;
        updateTime();
    }

    /** A source reads something that is no record. */
    public void deadLetter(String source, DeadLetter letter) {
        sources.get(source).node().readDeadLetter(letter);
        split(source, letter.split()).idle = false;
        updateTime();
    }

    /**
     * The watermark of a split rises, and it is no longer idle. A smaller watermark than before
     * changes nothing.
     */
    public void watermark(String source, String split, long watermark) {
        SplitTime time = split(source, split);
        if (watermark > time.watermark) {
            time.watermark = watermark;
            time.idle = false;
            updateTime();
        }
    }

    /** A split holds back time no longer. */
    public void idle(String source, String split) {
        split(source, split).idle = true;
        updateTime();
    }

    /** A split ends. */
    public void end(String source, String split) {
        split(source, split).ended = true;
        updateTime();
    }

    /** The clock moves on; it shows its time to each timer on the way. */
    public void clock(long millis) {
        while (true) {
            long next = millis;
            for (Node node : nodes) {
                next = Math.min(next, node.behavior.nextOnClock());
            }
            world.clockMillis = Math.max(world.clockMillis, next);
            for (Node node : nodes) {
                guarded(node, node.behavior::onClock);
            }
            if (next == millis) {
                return;
            }
        }
    }

    /** Returns what came to the sinks, in the order in which it came. */
    public List<Written> written() {
        return List.copyOf(world.written);
    }

    /** Returns what each step has counted, by its name. */
    public Map<String, Counts> counts() {
        Map<String, Counts> counts = new LinkedHashMap<>();
        nodes.forEach(node -> counts.put(node.step.name(), node.counts()));
        return counts;
    }

    private SplitTime split(String source, String split) {
        return sources.get(source).splits().get(split);
    }

    private void updateTime() {
        sources.values().forEach(Reference::updateSource);
        for (Node node : nodes) {
            if (!node.inputs.isEmpty()) {
                updateNode(node);
            }
        }
    }

    private static void updateSource(SourceNode source) {
        long smallest = Long.MAX_VALUE;
        long highestIdle = Long.MIN_VALUE;
        boolean allIdle = true;
        boolean allEnded = true;
        for (SplitTime split : source.splits().values()) {
            if (!split.ended) {
                allEnded = false;
                if (split.idle) {
                    highestIdle = Math.max(highestIdle, split.watermark);
                } else {
                    allIdle = false;
                    smallest = Math.min(smallest, split.watermark);
                }
            }
        }
        Node node = source.node();
        node.idle = allEnded ? !source.bounded() : allIdle;
        node.idleReached = highestIdle;
        node.watermark = Math.max(node.watermark, node.idle ? highestIdle : smallest);
        node.passedWatermark = node.watermark;
    }

    private static void updateNode(Node node) {
        long smallest = Long.MAX_VALUE;
        long highestIdle = Long.MIN_VALUE;
        boolean anyIdle = false;
        for (Node input : node.inputs) {
            if (input.idle) {
                anyIdle = true;
                highestIdle = Math.max(highestIdle, input.idleReached);
            } else {
                smallest = Math.min(smallest, input.passedWatermark);
            }
        }
        node.idle = anyIdle && smallest == Long.MAX_VALUE;
        node.idleReached = highestIdle;
        long watermark = node.idle ? highestIdle : smallest;
        if (watermark > node.watermark) {
            node.watermark = watermark;
            guarded(node, node.behavior::onWatermark);
            node.passedWatermark = watermark;
            if (node.hasEnded()) {
                node.behavior.onEnd();
            }
        }
    }

    private interface Work {
        void run() throws Exception;
    }

    private static void guarded(Node node, Work work) {
        try {
            work.run();
        } catch (RuntimeException failed) {
            throw failed;
        } catch (Exception failed) {
            throw new IllegalStateException("step " + node.step.name() + " failed", failed);
        }
    }
}
