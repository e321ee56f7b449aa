package io.headrace.connectors.files;

import io.headrace.formats.Csv;
import io.headrace.formats.Format;
import io.headrace.formats.Json;
import java.nio.file.Path;

/**
 * Files as sources and sinks.
 *
 * <pre>{@code
 * Files.csv("payments.csv", Payment.class).eventTime(Payment::time, Duration.ofSeconds(5))
 * Files.jsonLinesTo("alerts", Alert.class)
 * }</pre>
 *
 * <p>A path to read is a file, a directory, or a glob in its last part. A directory stands for the
 * regular files in it and a glob for those that match it, both without hidden ones, in the order of
 * their names. The set is fixed when a job starts for the first time, and the files must not change
 * while it reads, unless {@link FileSource#follow} is said. Files whose names end with {@code .gz}
 * are gzip.
 */
public final class Files {
    private Files() {}

    /** Reads CSV files; see {@link Csv}. */
    public static <T> FileSource<T> csv(Path path, Class<T> recordClass) {
        return read(path, Csv.of(recordClass));
    }

    /** Reads CSV files; see {@link Csv}. */
    public static <T> FileSource<T> csv(String path, Class<T> recordClass) {
        return read(path, Csv.of(recordClass));
    }

    /** Reads files of JSON lines; see {@link Json}. */
    public static <T> FileSource<T> jsonLines(Path path, Class<T> recordClass) {
        return read(path, Json.lines(recordClass));
    }

    /** Reads files of JSON lines; see {@link Json}. */
    public static <T> FileSource<T> jsonLines(String path, Class<T> recordClass) {
        return read(path, Json.lines(recordClass));
    }

    /** Reads files of a format. */
    public static <T> FileSource<T> read(Path path, Format<T> format) {
        return read(path.toString(), format);
    }

    /** Reads files of a format. */
    public static <T> FileSource<T> read(String path, Format<T> format) {
        return FileSource.of(path, format);
    }

    /** Writes part files of CSV into a directory; see {@link Csv}. */
    public static <T> FileSink<T> csvTo(Path directory, Class<T> recordClass) {
        return write(directory, Csv.of(recordClass));
    }

    /** Writes part files of CSV into a directory; see {@link Csv}. */
    public static <T> FileSink<T> csvTo(String directory, Class<T> recordClass) {
        return write(Path.of(directory), Csv.of(recordClass));
    }

    /** Writes part files of JSON lines into a directory; see {@link Json}. */
    public static <T> FileSink<T> jsonLinesTo(Path directory, Class<T> recordClass) {
        return write(directory, Json.lines(recordClass));
    }

    /** Writes part files of JSON lines into a directory; see {@link Json}. */
    public static <T> FileSink<T> jsonLinesTo(String directory, Class<T> recordClass) {
        return write(Path.of(directory), Json.lines(recordClass));
    }

    /** Writes part files of a format into a directory, which is created if it is missing. */
    public static <T> FileSink<T> write(Path directory, Format<T> format) {
        return FileSink.of(directory, format);
    }
}
