package io.headrace.testkit;

import io.headrace.connector.Committer;
import io.headrace.connector.ConnectorException;
import io.headrace.connector.EpochPieces;
import io.headrace.connector.Guarantee;
import io.headrace.connector.Lineage;
import io.headrace.connector.Outcome;
import io.headrace.connector.Piece;
import io.headrace.connector.Sink;
import io.headrace.connector.SinkContext;
import io.headrace.connector.SinkWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.Supplier;

/**
 * What every sink must do, whatever it writes to: show what was committed, once, and nothing else,
 * whenever a process dies or comes back from the dead.
 *
 * @param <T> the records
 */
public final class SinkContract<T> {
    private static final Lineage LINEAGE = new Lineage("00000000000000aa", "", 0);
    private static final Lineage OTHER = new Lineage("00000000000000bb", "", 0);
    private static final int SUBTASKS = 2;

    /** Calls of {@code prepare} or {@code ready} after which a sink does not get on. */
    private static final int CALLS_MAX = 10_000;

    private final Supplier<? extends Target<T>> targets;
    private final IntFunction<? extends T> records;
    private final Path scratch;
    private int scenarios;

    /**
     * A target that nobody has written to yet.
     *
     * @param <T> the records
     */
    public interface Target<T> {
        /** Returns the sink; each process gets its own. */
        Sink<T> sink();

        /** Returns what readers of the target see now, in any order. */
        List<String> shown();

        /** Returns how a record looks to readers of the target. */
        default String asShown(T record) {
            return String.valueOf(record);
        }
    }

    private SinkContract(
            Supplier<? extends Target<T>> targets, IntFunction<? extends T> records, Path scratch) {
        this.targets = targets;
        this.records = records;
        this.scratch = scratch;
    }

    /**
     * Begins the contract of a sink.
     *
     * @param targets returns another, empty target at each call
     * @param records returns a record for a number, another for each
     * @param scratch an empty directory
     */
    public static <T> SinkContract<T> of(
            Supplier<? extends Target<T>> targets, IntFunction<? extends T> records, Path scratch) {
        return new SinkContract<>(targets, records, scratch);
    }

    /**
     * Writes to a new target in every way.
     *
     * @throws AssertionError if one shows something else; says which and what
     */
    public void verify() {
        Sink<T> sink = targets.get().sink();
        boolean exactlyOnce = sink.guarantee() == Guarantee.EXACTLY_ONCE;
        require(!sink.name().isBlank() && !sink.target().isBlank(), "the sink has no name");
        require(
                sink.committer().isPresent() == exactlyOnce,
                "an exactly-once sink, and no other, has a committer");
        if (!exactlyOnce) {
            showsWhatWasPrepared();
            return;
        }
        showsWhatIsCommittedAndOnlyOnce();
        takesEmptyEpochs();
        commitsWhatADeadProcessHasSealed();
        findsWhatADeadProcessHasCommitted();
        dropsWhatADeadProcessHasNotSealed();
        refusesAProcessThatWasDeclaredDead();
        keepsLineagesApart();
    }

    private void showsWhatWasPrepared() {
        World world = new World("at least once");
        try (Process process = world.process(LINEAGE, 1)) {
            process.write(1, 2, 3);
            process.seal();
        }
        world.requireShown(1, 2, 3);
    }

    private void showsWhatIsCommittedAndOnlyOnce() {
        World world = new World("epochs one after the other");
        try (Process process = world.process(LINEAGE, 1)) {
            process.start(0);
            process.write(1, 2, 3);
            world.requireShown();
            List<Piece> first = process.seal();
            process.write(4);
            world.requireShown();
            process.requireCommitted(1, first);
            world.requireShown(1, 2, 3);
            process.requireAlready(1, first);
            world.requireShown(1, 2, 3);
            List<Piece> second = process.seal();
            process.requireCommitted(2, second);
            world.requireShown(1, 2, 3, 4);
        }
    }

    private void takesEmptyEpochs() {
        World world = new World("empty epochs");
        try (Process process = world.process(LINEAGE, 1)) {
            process.start(0);
            List<Piece> none = process.seal();
            require(none.isEmpty(), "an epoch without records has pieces: " + none);
            process.requireNotLost(1, none);
            process.write(1);
            process.requireCommitted(2, process.seal());
            process.requireNotLost(3, process.seal());
        }
        world.requireShown(1);
    }

    private void commitsWhatADeadProcessHasSealed() {
        World world = new World("sealed by one process, committed by the next");
        List<Piece> first;
        List<Piece> second;
        try (Process process = world.process(LINEAGE, 1)) {
            process.start(0);
            process.write(1, 2);
            first = process.seal();
            process.requireCommitted(1, first);
            process.write(3);
            second = process.seal();
        }
        try (Process process = world.process(LINEAGE, 2)) {
            process.start(1);
            process.requireCommitted(2, second);
            process.recovered();
            world.requireShown(1, 2, 3);
            process.write(4);
            process.requireCommitted(3, process.seal());
        }
        world.requireShown(1, 2, 3, 4);
    }

    private void findsWhatADeadProcessHasCommitted() {
        World world = new World("committed by one process, and by the next again");
        List<Piece> first;
        try (Process process = world.process(LINEAGE, 1)) {
            process.start(0);
            process.write(1, 2, 3);
            first = process.seal();
            process.requireCommitted(1, first);
        }
        for (int owner = 2; owner < 4; owner++) {
            try (Process process = world.process(LINEAGE, owner)) {
                process.start(1);
                process.requireAlready(1, first);
                process.recovered();
            }
        }
        world.requireShown(1, 2, 3);
    }

    private void dropsWhatADeadProcessHasNotSealed() {
        World world = new World("not sealed");
        try (Process process = world.process(LINEAGE, 1)) {
            process.start(0);
            process.write(1, 2, 3);
        }
        try (Process process = world.process(LINEAGE, 2)) {
            process.start(0);
            process.recovered();
            world.requireShown();
            process.write(4);
            process.requireCommitted(1, process.seal());
        }
        world.requireShown(4);
    }

    /** The zombie has sealed an epoch that is in no checkpoint, and commits it late. */
    private void refusesAProcessThatWasDeclaredDead() {
        World world = new World("a process that was declared dead");
        try (Process zombie = world.process(LINEAGE, 1);
                Process process = world.process(LINEAGE, 2)) {
            zombie.start(0);
            zombie.write(1);
            List<Piece> first = zombie.seal();
            zombie.requireCommitted(1, first);
            zombie.write(2);
            List<Piece> late = zombie.seal();
            process.start(1);
            process.requireAlready(1, first);
            process.recovered();
            process.write(3);
            process.requireCommitted(2, process.seal());
            world.requireShown(1, 3);

            try {
                Outcome outcome = zombie.commit(2, late);
                require(outcome == Outcome.LOST, "a dead process could commit: " + outcome);
            } catch (ConnectorException refused) {
                require(!refused.retryable(), "a dead process is told to try again: " + refused);
            }
            world.requireShown(1, 3);
            process.write(4);
            process.requireCommitted(3, process.seal());
        }
        world.requireShown(1, 3, 4);
    }

    private void keepsLineagesApart() {
        World world = new World("two lineages");
        try (Process one = world.process(LINEAGE, 1)) {
            one.start(0);
            one.write(1, 2);
            one.requireCommitted(1, one.seal());
        }
        try (Process other = world.process(OTHER, 1)) {
            other.start(0);
            other.recovered();
            other.write(3);
            other.requireCommitted(1, other.seal());
        }
        world.requireShown(1, 2, 3);
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new AssertionError(otherwise);
        }
    }

    /** One target and the processes that write to it. */
    private final class World {
        private final String name;
        private final Target<T> target = targets.get();
        private final Path pieces;

        World(String name) {
            this.name = name;
            try {
                this.pieces = Files.createDirectories(scratch.resolve("pieces" + scenarios++));
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
        }

        Process process(Lineage lineage, long owner) {
            return new Process(this, lineage, owner);
        }

        void requireShown(int... expected) {
            List<String> wanted = new ArrayList<>();
            for (int record : expected) {
                wanted.add(target.asShown(records.apply(record)));
            }
            wanted.sort(Comparator.naturalOrder());
            List<String> shown = target.shown().stream().sorted().toList();
            require(
                    shown.equals(wanted),
                    name + ": the target has to show " + wanted + ", it shows " + shown);
        }
    }

    /** The writers and the committer of one process. */
    private final class Process implements AutoCloseable {
        private final World world;
        private final Lineage lineage;
        private final long owner;
        private final List<SinkWriter<T>> writers = new ArrayList<>();
        private final Committer committer;

        Process(World world, Lineage lineage, long owner) {
            this.world = world;
            this.lineage = lineage;
            this.owner = owner;
            Sink<T> sink = world.target.sink();
            for (int subtask = 0; subtask < SUBTASKS; subtask++) {
                writers.add(
                        sink.writer(
                                new SinkContext(
                                        sink.name(),
                                        subtask,
                                        SUBTASKS,
                                        lineage,
                                        owner,
                                        world.pieces)));
            }
            committer = sink.committer().orElse(null);
        }

        /** Fences; the target may know which epoch was the last. */
        void start(long committed) {
            long marker = committer.fence(lineage, owner);
            require(
                    marker == Committer.NO_MARKER || marker == committed,
                    world.name + ": the marker is " + marker + ", committed is " + committed);
        }

        void recovered() {
            committer.recovered(lineage, owner);
        }

        /** Writes records, to the subtasks in turn. */
        void write(int... numbers) {
            for (int number : numbers) {
                SinkWriter<T> writer = writers.get(number % SUBTASKS);
                for (int calls = 0; !writer.ready(); calls++) {
                    require(calls < CALLS_MAX, world.name + ": a writer never becomes ready");
                }
                writer.write(records.apply(number), number);
            }
        }

        /** Ends the epoch. */
        List<Piece> seal() {
            List<Piece> pieces = new ArrayList<>();
            for (SinkWriter<T> writer : writers) {
                for (int calls = 0; !writer.prepare(pieces::add); calls++) {
                    require(calls < CALLS_MAX, world.name + ": a writer is never prepared");
                }
            }
            return pieces;
        }

        Outcome commit(long epoch, List<Piece> pieces) {
            return committer.commit(new EpochPieces(lineage, owner, epoch, pieces));
        }

        void requireCommitted(long epoch, List<Piece> pieces) {
            Outcome outcome = commit(epoch, pieces);
            require(
                    outcome == Outcome.COMMITTED,
                    world.name + ": epoch " + epoch + " is " + outcome + ", not committed");
        }

        void requireAlready(long epoch, List<Piece> pieces) {
            Outcome outcome = commit(epoch, pieces);
            require(
                    outcome == Outcome.ALREADY,
                    world.name + ": epoch " + epoch + " is " + outcome + " the second time");
        }

        void requireNotLost(long epoch, List<Piece> pieces) {
            require(
                    commit(epoch, pieces) != Outcome.LOST,
                    world.name + ": empty epoch " + epoch + " is lost");
        }

        @Override
        public void close() {
            writers.forEach(SinkWriter::close);
            if (committer != null) {
                committer.close();
            }
        }
    }
}
