package io.headrace.connectors.files;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The number by which a file system knows a file under every name: the inode. Where there is none,
 * a file is known by its path, and one that is renamed is taken for another.
 */
final class FileNumber {
    private FileNumber() {}

    /** Returns the number of the file at a path, 0 if there are no numbers, nothing if no file. */
    static Optional<Long> of(Path path) {
        try {
            return Optional.of((Long) Files.getAttribute(path, "unix:ino"));
        } catch (IOException gone) {
            return Optional.empty();
        } catch (UnsupportedOperationException | IllegalArgumentException notHere) {
            return Files.exists(path) ? Optional.of(0L) : Optional.empty();
        }
    }

    /** Finds a file: where it was found first, or under another name in the same directory. */
    static Optional<Path> find(FollowedFile file) throws IOException {
        Path path = Path.of(file.path());
        if (of(path).filter(number -> number == file.number()).isPresent()) {
            return Optional.of(path);
        }
        if (file.number() == 0 || !Files.isDirectory(directory(path))) {
            return Optional.empty();
        }
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory(path))) {
            for (Path entry : entries) {
                if (of(entry).filter(number -> number == file.number()).isPresent()) {
                    return Optional.of(entry);
                }
            }
        }
        return Optional.empty();
    }

    static Path directory(Path path) {
        return path.toAbsolutePath().getParent();
    }
}
