package io.headrace.engine.coordinator;

import io.headrace.StateRefusedException;
import io.headrace.connector.Enumerator;
import io.headrace.connector.Source;
import io.headrace.connector.Split;
import io.headrace.connector.WatermarkGenerator;
import io.headrace.engine.tasklet.AssignedSplit;
import io.headrace.engine.tasklet.Command;
import io.headrace.engine.tasklet.Mailbox;
import io.headrace.engine.tasklet.RedriveSplit;
import io.headrace.engine.tasklet.SubtaskSnapshot;
import io.headrace.graph.Step;
import io.headrace.kernel.checkpoint.Blob;
import io.headrace.kernel.checkpoint.Manifest;
import io.headrace.kernel.time.SplitTime;
import io.headrace.kernel.time.SplitWatermark;
import io.headrace.type.BytesIn;
import io.headrace.type.BytesOut;
import io.headrace.type.Codec;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/**
 * Hands the splits of one source to its subtasks: those of a bounded source one by one to whoever
 * is free, in the order of the enumerator; those of an unbounded one to all in turn, at once.
 */
final class SplitAssigner implements AutoCloseable {
    /** How often an unbounded source is asked for new splits: a file that is new need not wait. */
    static final long DISCOVERY_NANOS = 1_000_000_000L;

    private final Step.Read step;
    private final Source<Object, Split, Object> source;
    private final List<Mailbox> readers;
    private final Enumerator<Split> enumerator;
    private final ArrayDeque<AssignedSplit> unassigned = new ArrayDeque<>();
    private final ArrayDeque<Integer> waiting = new ArrayDeque<>();
    private final long redriven;
    private boolean allAssigned;
    private boolean discovered;
    private long nextDiscoveryNanos;
    private int nextReader;

    @SuppressWarnings("unchecked") // The graph is untyped; the source was typed when it was added.
    SplitAssigner(
            Step.Read step, List<Mailbox> readers, Manifest.SourceState saved, Redrives redrives) {
        this.step = step;
        this.source = (Source<Object, Split, Object>) step.source();
        this.readers = List.copyOf(readers);
        byte[] enumerated =
                saved == null || saved.enumerator() == null ? null : saved.enumerator().bytes();
        this.enumerator = source.enumerator(enumerated);
        if (saved != null) {
            saved.splits().forEach(split -> unassigned.add(restored(split)));
        }
        this.redriven = redrives.batches().size();
        for (long batch = redriven; batch > redrives.known(); batch--) {
            String file = redrives.batches().get((int) batch - 1).toString();
            RedriveSplit split = new RedriveSplit(batch, file);
            unassigned.addFirst(new AssignedSplit(split, 0L, SplitTime.START));
        }
    }

    /**
     * The batches of dead letters that were ever redriven in this lineage, oldest first.
     *
     * @param known so many of them are done, or are among the splits of the checkpoint
     */
    record Redrives(List<Path> batches, long known) {}

    String step() {
        return step.name();
    }

    private AssignedSplit restored(Manifest.SplitState saved) {
        if (saved.split().codec().equals(RedriveSplit.CODEC.name())) {
            return new AssignedSplit(
                    decode(RedriveSplit.CODEC, saved.split()),
                    decode(RedriveSplit.OFFSET_CODEC, saved.position()),
                    saved.time());
        }
        requireFits(saved);
        Object split = decode(source.splitCodec(), saved.split());
        Object position =
                saved.position() == null ? null : decode(source.positionCodec(), saved.position());
        return new AssignedSplit(split, position, saved.time());
    }

    /** A generator that keeps something else now would take the old numbers for its own. */
    private void requireFits(Manifest.SplitState saved) {
        WatermarkGenerator<?> generator = source.eventTime().generator();
        int found = saved.time().generator().size();
        if (generator == null || found == 0 || found == SplitWatermark.savedLength(generator)) {
            return;
        }
        throw new StateRefusedException(
                "source "
                        + step.name()
                        + ": the watermark generator kept "
                        + (found - 1)
                        + " numbers for split "
                        + saved.id()
                        + " in the checkpoint, and keeps "
                        + generator.stateLength()
                        + " now: let it keep as many as before, or start over");
    }

    private <V> V decode(Codec<V> codec, Manifest.Encoded encoded) {
        if (!codec.name().equals(encoded.codec()) || encoded.version() > codec.version()) {
            throw new StateRefusedException(
                    "source "
                            + step.name()
                            + ": the checkpoint has positions of "
                            + encoded.codec()
                            + "/"
                            + encoded.version()
                            + ", the source reads "
                            + codec.name()
                            + "/"
                            + codec.version()
                            + ": use the connector that wrote them, or start over");
        }
        return codec.read(new BytesIn(encoded.value().bytes()), encoded.version());
    }

    /** A subtask has nothing to read. */
    void wanted(int reader) {
        waiting.add(reader);
    }

    /** Discovers and hands out what can be; returns whether anything was done. */
    boolean step(long nanos) {
        boolean worked = discover(nanos);
        worked |= source.bounded() ? assignToWaiting() : assignToAll();
        if (!allAssigned && nothingLeft()) {
            allAssigned = true;
            readers.forEach(reader -> reader.command(new Command.AllAssigned()));
            worked = true;
        }
        return worked;
    }

    private boolean assignToWaiting() {
        boolean worked = false;
        while (!unassigned.isEmpty() && !waiting.isEmpty()) {
            assign(waiting.remove(), List.of(unassigned.remove()));
            worked = true;
        }
        return worked;
    }

    /** One command per reader, however many splits there are. */
    private boolean assignToAll() {
        if (unassigned.isEmpty()) {
            return false;
        }
        List<List<AssignedSplit>> shares = new ArrayList<>();
        readers.forEach(reader -> shares.add(new ArrayList<>()));
        while (!unassigned.isEmpty()) {
            shares.get(nextReader).add(unassigned.remove());
            nextReader = (nextReader + 1) % readers.size();
        }
        for (int reader = 0; reader < shares.size(); reader++) {
            if (!shares.get(reader).isEmpty()) {
                assign(reader, shares.get(reader));
            }
        }
        return true;
    }

    private void assign(int reader, List<AssignedSplit> splits) {
        readers.get(reader).command(new Command.Assign(splits, nothingLeft()));
    }

    private boolean nothingLeft() {
        return unassigned.isEmpty() && discovered && (enumerator.done() || !source.bounded());
    }

    private boolean discover(long nanos) {
        if (enumerator.done() && discovered) {
            return false;
        }
        if (discovered && nanos - nextDiscoveryNanos < 0) {
            return false;
        }
        enumerator
                .discover()
                .forEach(split -> unassigned.add(new AssignedSplit(split, null, SplitTime.START)));
        discovered = true;
        nextDiscoveryNanos = nanos + DISCOVERY_NANOS;
        return true;
    }

    /** Returns the part of the source that no subtask knows: what was not handed out. */
    Unassigned snapshot() {
        return new Unassigned(enumerator.snapshot(), List.copyOf(unassigned), redriven);
    }

    /** What a checkpoint says of the source beside what its subtasks say. */
    record Unassigned(byte[] enumerator, List<AssignedSplit> splits, long redriven) {}

    /** Returns the state of the source in a checkpoint. */
    Manifest.SourceState state(Unassigned unassignedThen, List<SubtaskSnapshot.SplitPart> read) {
        List<Manifest.SplitState> splits = new ArrayList<>();
        read.forEach(part -> splits.add(state(part.split(), part.position(), part.time())));
        unassignedThen
                .splits()
                .forEach(part -> splits.add(state(part.split(), part.position(), part.time())));
        byte[] enumerated = unassignedThen.enumerator();
        Blob blob = enumerated == null ? null : new Blob(enumerated);
        return new Manifest.SourceState(step.name(), blob, splits, unassignedThen.redriven());
    }

    private Manifest.SplitState state(Object split, Object position, SplitTime time) {
        if (split instanceof RedriveSplit redrive) {
            return new Manifest.SplitState(
                    redrive.id(),
                    encode(RedriveSplit.CODEC, redrive),
                    encode(RedriveSplit.OFFSET_CODEC, (Long) position),
                    time);
        }
        return new Manifest.SplitState(
                ((Split) split).id(),
                encode(source.splitCodec(), (Split) split),
                position == null ? null : encode(source.positionCodec(), position),
                time);
    }

    private static <V> Manifest.Encoded encode(Codec<V> codec, V value) {
        BytesOut out = new BytesOut(64);
        codec.write(value, out);
        return new Manifest.Encoded(codec.name(), codec.version(), new Blob(out.toByteArray()));
    }

    @Override
    public void close() {
        enumerator.close();
    }
}
