package io.headrace.connectors.files;

import io.headrace.connector.Committer;
import io.headrace.connector.Guarantee;
import io.headrace.connector.Sink;
import io.headrace.connector.SinkContext;
import io.headrace.connector.SinkWriter;
import io.headrace.formats.Format;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/**
 * Writes part files into a directory, exactly once. Immutable.
 *
 * <p>What is being written has a hidden name, {@code .inprogress-…}; what is published is named
 * {@code part-<lineage>-<sink>-<owner>-<subtask>-<number>.<extension>}, is complete, and never
 * changes. The directory may hold other files, and the parts of other sinks and jobs.
 *
 * @param <T> the records
 */
public final class FileSink<T> implements Sink<T>, Serializable {
    private static final long serialVersionUID = 1L;

    /** Large enough for any reader to be efficient, small enough to be moved about. */
    private static final long PART_BYTES = 128L * 1024 * 1024;

    private final String directory;
    private final String name;
    private final Format<T> format;
    private final long partBytes;

    private FileSink(String directory, String name, Format<T> format, long partBytes) {
        this.directory = directory;
        this.name = Objects.requireNonNull(name, "name");
        this.format = Objects.requireNonNull(format, "format");
        this.partBytes = partBytes;
    }

    static <T> FileSink<T> of(Path directory, Format<T> format) {
        String name = PathPattern.lastPart(directory.toString());
        return new FileSink<>(directory.toString(), name, format, PART_BYTES);
    }

    /** Sets the name of the step; by default the last part of the directory. */
    public FileSink<T> name(String stepName) {
        return new FileSink<>(directory, stepName, format, partBytes);
    }

    /** Sets the size in bytes at which a part is ended and the next begun; 128 MiB by default. */
    public FileSink<T> partBytes(long bytes) {
        if (bytes < 1) {
            throw new IllegalArgumentException("partBytes=" + bytes + ", must be at least 1");
        }
        return new FileSink<>(directory, name, format, bytes);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String target() {
        return path().toString();
    }

    @Override
    public Guarantee guarantee() {
        return Guarantee.EXACTLY_ONCE;
    }

    @Override
    public SinkWriter<T> writer(SinkContext context) {
        TargetDirectory target = new TargetDirectory(path());
        target.create();
        return new PartWriter<>(target, format, partBytes, context);
    }

    @Override
    public Optional<Committer> committer() {
        return Optional.of(new PartCommitter(new TargetDirectory(path())));
    }

    private Path path() {
        return Path.of(directory).toAbsolutePath().normalize();
    }

    @Override
    public String toString() {
        return format + " to " + directory;
    }
}
