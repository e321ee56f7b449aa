package io.headrace.connectors.files;

import io.headrace.connector.Enumerator;
import io.headrace.connector.EventTime;
import io.headrace.connector.Reader;
import io.headrace.connector.ReaderContext;
import io.headrace.connector.Source;
import io.headrace.formats.Format;
import io.headrace.type.Codec;
import io.headrace.type.Type;
import java.io.Serializable;

/**
 * Reads files as they grow, and new ones as they come, without end; see {@link FileSource#follow}.
 * Immutable.
 *
 * @param <T> the records
 */
public final class FollowSource<T>
        implements Source<T, FollowedFile, FollowedPosition>, Serializable {
    private static final long serialVersionUID = 1L;

    private final String path;
    private final String name;
    private final Format<T> format;
    private final EventTime<T> eventTime;

    FollowSource(String path, String name, Format<T> format, EventTime<T> eventTime) {
        this.path = path;
        this.name = name;
        this.format = format;
        this.eventTime = eventTime;
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
        return false;
    }

    @Override
    public EventTime<T> eventTime() {
        return eventTime;
    }

    @Override
    public Enumerator<FollowedFile> enumerator(byte[] saved) {
        return FollowEnumerator.of(PathPattern.parse(path), saved);
    }

    @Override
    public Reader<T, FollowedFile, FollowedPosition> reader(ReaderContext context) {
        return new FollowReader<>(format);
    }

    @Override
    public Codec<FollowedFile> splitCodec() {
        return new FollowedFileCodec();
    }

    @Override
    public Codec<FollowedPosition> positionCodec() {
        return new FollowedPositionCodec();
    }

    @Override
    public String toString() {
        return format + " from " + path + ", followed";
    }
}
