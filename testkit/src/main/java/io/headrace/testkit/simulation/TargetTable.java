package io.headrace.testkit.simulation;

import io.headrace.connector.Committer;
import io.headrace.connector.ConnectorException;
import io.headrace.connector.EpochPieces;
import io.headrace.connector.Outcome;
import io.headrace.connector.Piece;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What one exactly-once sink writes to. It outlives every process; of a writer only what was sealed
 * does.
 *
 * <p>Of two kinds: with a marker it knows the last epoch, as a database does, and refuses owners
 * that were fenced; without, the names of the pieces are all it knows, as a directory does.
 */
final class TargetTable {
    private final String name;
    private final boolean marked;
    private final Map<String, Integer> missing;
    private final Map<String, Sealed> pending = new TreeMap<>();
    private final Set<String> published = new HashSet<>();
    private final List<EpochPieces> delayed = new ArrayList<>();
    private long visible;
    private long fencedOwner;
    private long marker;
    private long pieces;
    private long refused;

    /** A sealed piece: who sealed it, and whether that owner was fenced by then. */
    private record Sealed(long owner, boolean afterFence, List<String> lines) {}

    /**
     * Creates an empty table.
     *
     * @param expected what it shows in the end, with how often
     */
    TargetTable(String name, boolean marked, Map<String, Integer> expected) {
        this.name = name;
        this.marked = marked;
        this.missing = new HashMap<>(expected);
    }

    private TargetTable(TargetTable original) {
        this(original.name, original.marked, original.missing);
        this.visible = original.visible;
    }

    /** Returns for each target another one that shows the same, and knows nobody yet. */
    static Map<String, TargetTable> forks(Map<String, TargetTable> tables) {
        Map<String, TargetTable> forks = new TreeMap<>();
        tables.forEach((sink, table) -> forks.put(sink, new TargetTable(table)));
        return forks;
    }

    String name() {
        return name;
    }

    /** Returns whether a piece is sealed and not shown. */
    boolean holds(String piece) {
        return pending.containsKey(piece);
    }

    /** Loses a sealed piece, which no target should. Returns what brings it back. */
    Runnable lose(String piece) {
        Sealed lost = pending.remove(piece);
        return () -> pending.put(piece, lost);
    }

    /** Returns how many lines it shows. */
    long visible() {
        return visible;
    }

    /** Returns how often it refused an owner that was fenced. */
    long refused() {
        return refused;
    }

    Piece seal(List<String> lines, long owner, int subtask) {
        if (marked) {
            requireOwner(owner);
        }
        pieces++;
        String piece = owner + "-" + subtask + "-" + pieces;
        pending.put(piece, new Sealed(owner, owner < fencedOwner, List.copyOf(lines)));
        return new Piece(piece, "final-" + piece, lines.size(), "0".repeat(64));
    }

    long fence(long owner) {
        requireOwner(owner);
        fencedOwner = owner;
        return marked ? marker : Committer.NO_MARKER;
    }

    private void requireOwner(long owner) {
        if (owner < fencedOwner) {
            refused++;
            throw ConnectorException.fatal(
                    name + " belongs to owner " + fencedOwner + ", not to " + owner, null);
        }
    }

    Outcome commit(EpochPieces epoch) {
        return marked ? commitByMarker(epoch) : commitByNames(epoch);
    }

    private Outcome commitByMarker(EpochPieces epoch) {
        requireOwner(epoch.owner());
        if (marker == epoch.epoch()) {
            return Outcome.ALREADY;
        }
        boolean there = epoch.pieces().stream().allMatch(p -> pending.containsKey(p.pending()));
        if (marker != epoch.epoch() - 1 || !there) {
            return Outcome.LOST;
        }
        epoch.pieces().forEach(this::publish);
        marker = epoch.epoch();
        return Outcome.COMMITTED;
    }

    private Outcome commitByNames(EpochPieces epoch) {
        Outcome outcome = Outcome.ALREADY;
        for (Piece piece : epoch.pieces()) {
            if (!published.contains(piece.target())) {
                if (!pending.containsKey(piece.pending())) {
                    return Outcome.LOST;
                }
                publish(piece);
                outcome = Outcome.COMMITTED;
            }
        }
        return outcome;
    }

    private void publish(Piece piece) {
        published.add(piece.target());
        for (String line : pending.remove(piece.pending()).lines()) {
            int left = missing.merge(line, -1, Integer::sum);
            SimulationFailure.require(
                    left >= 0, "%s shows %s, %d times too often", name, line, -left);
            visible++;
        }
    }

    void removeUpTo(long owner) {
        pending.values().removeIf(one -> one.owner() <= owner);
    }

    /** The process died while a commit was on its way: it may still arrive. */
    void delay(EpochPieces epoch) {
        delayed.add(epoch);
    }

    /** Lets a commit of a dead process arrive; returns whether there was one. */
    boolean deliver() {
        if (delayed.isEmpty()) {
            return false;
        }
        EpochPieces epoch = delayed.remove(delayed.size() - 1);
        try {
            commit(epoch);
        } catch (ConnectorException fenced) {
            return true; // As it should be.
        }
        return true;
    }

    /** Checks that it shows everything, and keeps nothing else but the leavings of zombies. */
    void requireComplete() {
        missing.forEach(
                (line, left) ->
                        SimulationFailure.require(
                                left == 0, "%s lacks %s, %d times", name, line, left));
        pending.forEach(
                (piece, left) ->
                        SimulationFailure.require(
                                left.afterFence(), "%s was left with piece %s", name, piece));
    }
}
