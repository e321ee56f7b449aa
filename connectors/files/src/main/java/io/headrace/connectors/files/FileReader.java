package io.headrace.connectors.files;

import io.headrace.connector.DeadLetter;
import io.headrace.connector.Reader;
import io.headrace.connector.SourceOutput;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * Reads the files that one subtask was given. A file is open from its first poll to its end.
 *
 * @param <T> the records
 */
final class FileReader<T> implements Reader<T, FileSplit, FilePosition> {
    private final SplitInput.Settings<T> settings;
    private final Map<String, SplitInput<T>> inputs = new HashMap<>();

    FileReader(SplitInput.Settings<T> settings) {
        this.settings = settings;
    }

    @Override
    public void assign(FileSplit split, FilePosition position) {
        SplitInput<T> input = new SplitInput<>(settings, split, position);
        input.requireUnchanged();
        inputs.put(split.id(), input);
    }

    @Override
    public Status poll(FileSplit split, SourceOutput<T> out, int recordsMax) {
        return input(split).poll(out, recordsMax);
    }

    @Override
    public FilePosition position(FileSplit split) {
        return input(split).position();
    }

    @Override
    public boolean redrive(DeadLetter letter, SourceOutput<T> out) {
        Path path = Path.of(letter.split().replaceFirst("#\\d+-\\d+$", ""));
        boolean gzip = settings.gzip() || FileEnumerator.isGzip(path);
        Redecoding.redrive(settings.format(), path, gzip, letter, out);
        return true;
    }

    private SplitInput<T> input(FileSplit split) {
        SplitInput<T> input = inputs.get(split.id());
        if (input == null) {
            throw new IllegalStateException("split " + split.id() + " was not assigned");
        }
        return input;
    }

    @Override
    public void close() {
        inputs.values().forEach(SplitInput::close);
        inputs.clear();
    }
}
