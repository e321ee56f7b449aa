package io.headrace.connectors.files;

import io.headrace.connector.Enumerator;
import io.headrace.connector.EventTime;
import io.headrace.connector.Reader;
import io.headrace.connector.ReaderContext;
import io.headrace.connector.Source;
import io.headrace.formats.Csv;
import io.headrace.formats.Format;
import io.headrace.function.Fn;
import io.headrace.type.Codec;
import io.headrace.type.Type;
import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;

/**
 * Reads a bounded set of files, each in order, handed out in the order of their names. Immutable.
 *
 * <p>A record that is malformed becomes a dead letter with its line. A file that was changed or
 * replaced after it was found fails the job, since what was read of it would no longer be true.
 *
 * @param <T> the records
 */
public final class FileSource<T> implements Source<T, FileSplit, FilePosition>, Serializable {
    private static final long serialVersionUID = 1L;

    private final String path;
    private final String name;
    private final Format<T> format;
    private final Order<T> order;

    private FileSource(String path, String name, Format<T> format, Order<T> order) {
        this.path = path;
        this.name = name;
        this.format = format;
        this.order = order;
    }

    /** How the files are read. */
    private record Order<T>(EventTime<T> eventTime, boolean unordered, boolean gzip)
            implements Serializable {}

    static <T> FileSource<T> of(String path, Format<T> format) {
        Objects.requireNonNull(format, "format");
        PathPattern.parse(path); // Fails now rather than when the job starts.
        return new FileSource<>(
                path,
                PathPattern.lastPart(path),
                format,
                new Order<>(EventTime.none(), false, false));
    }

    /**
     * Says which component of a record is its time.
     *
     * @param outOfOrderness how much earlier than the highest time of its file a record may be
     */
    public FileSource<T> eventTime(Fn<? super T, Instant> time, Duration outOfOrderness) {
        return eventTime(EventTime.of(time, outOfOrderness));
    }

    /**
     * Says how records get their times, and how far a file is: {@link EventTime#ascending} if its
     * records are in order, or a generator of your own.
     */
    public FileSource<T> eventTime(EventTime<T> eventTime) {
        if (order.unordered()) {
            throw new IllegalArgumentException(unorderedWithTime());
        }
        return new FileSource<>(path, name, format, new Order<>(eventTime, false, order.gzip()));
    }

    /** Sets the name of the step; by default the last part of the path. */
    public FileSource<T> name(String stepName) {
        Objects.requireNonNull(stepName, "name");
        return new FileSource<>(path, stepName, format, order);
    }

    /**
     * Lets large files be read by several readers at once, in ranges of bytes. Records then come in
     * any order, lines are counted from the start of a range, and a record must not go on over a
     * line break: a CSV field with one is malformed.
     */
    public FileSource<T> unordered() {
        if (order.eventTime().present()) {
            throw new IllegalArgumentException(unorderedWithTime());
        }
        return new FileSource<>(
                path,
                name,
                format.oneRecordPerLine(),
                new Order<>(order.eventTime(), true, order.gzip()));
    }

    /**
     * Reads all files as gzip, and not only those whose names end with {@code .gz}. Positions and
     * lines are those of the content. A restart reads the file from its start again, and drops what
     * comes before the position; nothing is read in ranges.
     */
    public FileSource<T> gzip() {
        return new FileSource<>(
                path, name, format, new Order<>(order.eventTime(), order.unordered(), true));
    }

    /**
     * Reads files as they grow, and new ones as they come, without end. Comes last: the options
     * above apply.
     *
     * <p>A file that is renamed within its directory is read on; one that is truncated is read from
     * its start; one that is gone from the directory has ended. A line counts once it has a line
     * break. Names that end with {@code .gz} are left out: they are what rotation makes of files
     * that were read. Every file stays open, so the limit of open files bounds their number.
     *
     * @throws IllegalArgumentException together with {@link #unordered} or {@link #gzip}
     */
    public FollowSource<T> follow() {
        if (order.unordered() || order.gzip() || path.endsWith(".gz")) {
            throw new IllegalArgumentException(
                    "follow() reads files in their order as they grow: not with unordered(), not"
                            + " with gzip");
        }
        return new FollowSource<>(path, name, format, order.eventTime());
    }

    private static String unorderedWithTime() {
        return "unordered() and eventTime(…) exclude each other: records with an event time are"
                + " read in the order of the file";
    }

    /**
     * Maps components to columns of other names, in CSV only; see {@link Csv#columns}.
     *
     * @throws IllegalArgumentException if the format is another
     */
    public FileSource<T> columns(Map<String, String> columnsByComponent) {
        if (!(format instanceof Csv<T> csv)) {
            throw new IllegalArgumentException(
                    "columns(…) is for CSV, the format of " + path + " is " + format);
        }
        return new FileSource<>(path, name, csv.columns(columnsByComponent), order);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Type<T> type() {
        return format.type();
    }

    @Override
    public boolean bounded() {
        return true;
    }

    @Override
    public EventTime<T> eventTime() {
        return order.eventTime();
    }

    @Override
    public Enumerator<FileSplit> enumerator(byte[] saved) {
        return FileEnumerator.of(
                PathPattern.parse(path), order.unordered() && !order.gzip(), saved);
    }

    @Override
    public Reader<T, FileSplit, FilePosition> reader(ReaderContext context) {
        return new FileReader<>(
                new SplitInput.Settings<>(format, order.gzip(), SplitInput.CHUNK_BYTES));
    }

    @Override
    public Codec<FileSplit> splitCodec() {
        return new FileSplitCodec();
    }

    @Override
    public Codec<FilePosition> positionCodec() {
        return new FilePositionCodec();
    }

    @Override
    public String toString() {
        return format + " from " + path;
    }
}
