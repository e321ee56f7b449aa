package io.headrace.connectors.files;

import io.headrace.connector.ConnectorException;
import io.headrace.connector.DeadLetter;
import io.headrace.connector.Reader;
import io.headrace.connector.SourceOutput;
import io.headrace.formats.Format;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Follows the files that one subtask was given. Each stays open until it is gone from its
 * directory.
 *
 * @param <T> the records
 */
final class FollowReader<T> implements Reader<T, FollowedFile, FollowedPosition> {
    private final Format<T> format;
    private final Map<FollowedFile, FollowInput<T>> inputs = new HashMap<>();

    FollowReader(Format<T> format) {
        this.format = format;
    }

    @Override
    public void assign(FollowedFile split, FollowedPosition position) {
        inputs.put(split, new FollowInput<>(format, split, position));
    }

    @Override
    public Status poll(FollowedFile split, SourceOutput<T> out, int recordsMax) {
        return input(split).poll(out, recordsMax);
    }

    @Override
    public FollowedPosition position(FollowedFile split) {
        return input(split).position();
    }

    @Override
    public boolean redrive(DeadLetter letter, SourceOutput<T> out) {
        FollowedFile file = FollowedFile.ofId(letter.split());
        Optional<Path> path;
        try {
            path = FileNumber.find(file); // Its header counts, under whatever name.
        } catch (IOException failed) {
            throw ConnectorException.retryable("cannot look for " + file.path(), failed);
        }
        if (path.isEmpty() && format.hasHeader()) {
            String reason = "its file, which has the header, is gone from its directory";
            out.deadLetter(letter.position(), reason, letter.raw());
        } else {
            Redecoding.redrive(format, path.orElse(Path.of(file.path())), false, letter, out);
        }
        return true;
    }

    private FollowInput<T> input(FollowedFile split) {
        FollowInput<T> input = inputs.get(split);
        if (input == null) {
            throw new IllegalStateException("file " + split.id() + " was not assigned");
        }
        return input;
    }

    @Override
    public void close() {
        inputs.values().forEach(FollowInput::close);
        inputs.clear();
    }
}
