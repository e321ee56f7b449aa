package io.headrace.conformance.reference;

import io.headrace.connector.DeadLetter;
import io.headrace.graph.Step;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A step with its place in the graph, its time, and what it has counted. */
final class Node {
    final Step step;

    /** Where its records come from, in the order of the graph. */
    final List<Node> inputs = new ArrayList<>();

    /** The smallest watermark of its inputs that are not idle; never goes back. */
    long watermark = Long.MIN_VALUE;

    /** What the steps behind it know of its watermark: they see it when its work is done. */
    long passedWatermark = Long.MIN_VALUE;

    boolean idle;

    /** If it is idle, the highest watermark of the splits before it that are. */
    long idleReached = Long.MIN_VALUE;

    Behavior behavior;
    long out;
    long late;
    long deadLetters;
    long droppedTimers;
    long firings;

    private final Map<String, List<Reading>> consumers = new HashMap<>();
    private Node deadLetterNode;
    private long in;

    /** A step that takes an output, on one of its inputs. */
    private record Reading(Node consumer, int input) {}

    Node(Step step) {
        this.step = step;
    }

    /** Connects an output, which is named by its side; the main output by null. */
    void connect(String side, Node consumer, int input) {
        consumers.computeIfAbsent(side, any -> new ArrayList<>()).add(new Reading(consumer, input));
    }

    void connectDeadLetters(Node consumer) {
        deadLetterNode = consumer;
    }

    void take(Event event) {
        take(0, event);
    }

    private void take(int input, Event event) {
        in += step instanceof Step.BroadcastProcess && input == 1 ? 0 : 1; // Rules are no input.
        try {
            behavior.onRecord(input, event);
        } catch (RuntimeException failed) {
            throw failed;
        } catch (Exception failed) {
            throw new IllegalStateException("step " + step.name() + ": " + event, failed);
        }
    }

    void emit(Event event) {
        out++;
        toSide(null, event);
    }

    void toSide(String side, Event event) {
        for (Reading reading : consumers.getOrDefault(side, List.of())) {
            reading.consumer().take(reading.input(), event);
        }
    }

    void late(String side, Event event) {
        late++;
        if (side != null) {
            toSide(side, event);
        }
    }

    void deadLetter(DeadLetter letter, long timestamp) {
        deadLetters++;
        if (deadLetterNode != null) {
            deadLetterNode.take(new Event(null, letter, timestamp));
        }
    }

    void readDeadLetter(DeadLetter letter) {
        in++;
        deadLetter(letter, Long.MIN_VALUE);
    }

    boolean hasEnded() {
        return watermark == Long.MAX_VALUE;
    }

    Counts counts() {
        return new Counts(in, out, late, deadLetters, droppedTimers, firings);
    }
}
