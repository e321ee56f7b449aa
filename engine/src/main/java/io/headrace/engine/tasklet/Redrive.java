package io.headrace.engine.tasklet;

import io.headrace.connector.DeadLetter;
import io.headrace.connector.Reader;
import io.headrace.connector.SourceOutput;
import io.headrace.connector.Split;
import io.headrace.kernel.time.SplitTime;
import io.headrace.kernel.time.SplitWatermark;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Gives the letters of one batch that belong to a source back to it. What becomes a record has its
 * own timestamp, and moves no time: it may be late.
 */
final class Redrive implements SourceOutput<Object>, AutoCloseable {
    private final SourceIntake intake;
    private final RedriveSplit split;
    private final RedriveFile file;
    private final ActiveSplit records;
    private DeadLetter letter;

    Redrive(SourceIntake intake, RedriveSplit split, long offset) {
        this.intake = intake;
        this.split = split;
        this.file = RedriveFile.open(Path.of(split.file()), offset);
        this.records = new ActiveSplit(intake, split, new SplitWatermark(0, null, SplitTime.START));
    }

    /** Redrives some letters; returns whether there may be more. */
    boolean step(Reader<Object, Split, Object> reader, int lettersMax) {
        for (int count = 0; count < lettersMax; count++) {
            Optional<DeadLetter> next = file.next();
            if (next.isEmpty()) {
                return false;
            }
            letter = next.get();
            if (letter.step().equals(intake.step()) && !reader.redrive(letter, this)) {
                deadLetter("", "the source cannot read a dead letter again", letter.raw());
            }
        }
        return true;
    }

    /** Returns where it stands, for a checkpoint. */
    SubtaskSnapshot.SplitPart part() {
        return new SubtaskSnapshot.SplitPart(split, file.offset(), SplitTime.START);
    }

    @Override
    public void emit(Object value) {
        records.emit(value);
    }

    @Override
    public void emit(Object value, long timestampMillis) {
        records.emit(value, timestampMillis);
    }

    /** Letters of old input say nothing about the time of what is still to come. */
    @Override
    public void watermark(long timestampMillis) {}

    /** The letter goes back as it was, with one more reason. */
    @Override
    public void deadLetter(String position, String reason, byte[] raw) {
        intake.deadLetter(letter.failedAgain(reason));
    }

    @Override
    public void close() {
        file.close();
    }
}
