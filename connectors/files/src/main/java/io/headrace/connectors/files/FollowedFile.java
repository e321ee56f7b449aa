package io.headrace.connectors.files;

import io.headrace.connector.Split;
import java.util.Objects;

/**
 * A file that is followed, whatever its name will be.
 *
 * @param path where it was found
 * @param number what the file system calls it, see {@link FileNumber}; 0 if it has no such numbers,
 *     and then the path is the identity
 */
public record FollowedFile(String path, long number) implements Split {
    /** Checks the path. */
    public FollowedFile {
        Objects.requireNonNull(path, "path");
    }

    static FollowedFile ofId(String id) {
        int at = id.lastIndexOf('@');
        return at < 0 || !id.substring(at + 1).matches("\\d+")
                ? new FollowedFile(id, 0)
                : new FollowedFile(id.substring(0, at), Long.parseLong(id.substring(at + 1)));
    }

    @Override
    public String id() {
        return number == 0 ? path : path + "@" + number;
    }
}
