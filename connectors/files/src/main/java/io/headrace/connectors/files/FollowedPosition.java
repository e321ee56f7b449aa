package io.headrace.connectors.files;

import java.util.Objects;

/**
 * A place between two records of a file that is followed.
 *
 * @param place the place
 * @param before the checksum of the bytes in front of it, see {@link FollowInput}: if they are
 *     others at the next start, the file was truncated or replaced meanwhile
 */
public record FollowedPosition(FilePosition place, int before) {
    static final FollowedPosition START = new FollowedPosition(FilePosition.START, 0);

    /** Checks the place. */
    public FollowedPosition {
        Objects.requireNonNull(place, "place");
    }
}
