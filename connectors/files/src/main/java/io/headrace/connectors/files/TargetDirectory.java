package io.headrace.connectors.files;

import io.headrace.connector.ConnectorException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/** The directory that parts are written to, and what its file system can do. */
final class TargetDirectory {
    private static final System.Logger LOG = System.getLogger(TargetDirectory.class.getName());

    // Said once per process: it does not change, and every part would say it again.
    private static final AtomicBoolean SAID_NO_LINKS = new AtomicBoolean();
    private static final AtomicBoolean SAID_NO_DIRECTORY_SYNC = new AtomicBoolean();

    private final Path path;

    TargetDirectory(Path path) {
        this.path = path;
    }

    Path resolve(String fileName) {
        return path.resolve(fileName);
    }

    /** Creates the directory if it is missing. */
    void create() {
        try {
            java.nio.file.Files.createDirectories(path);
        } catch (IOException failed) {
            throw ConnectorException.fatal(
                    "cannot create the directory " + path + ": " + failed, failed);
        }
        if (!java.nio.file.Files.isWritable(path)) {
            throw ConnectorException.fatal(
                    "the directory " + path + " cannot be written to: allow it", null);
        }
    }

    /** Returns the names of all parts, pending and final; none if the directory is missing. */
    List<String> partFileNames() {
        List<String> names = new ArrayList<>();
        try (DirectoryStream<Path> entries = java.nio.file.Files.newDirectoryStream(path)) {
            for (Path entry : entries) {
                String name = entry.getFileName().toString();
                if (PartName.parse(name).isPresent()) {
                    names.add(name);
                }
            }
        } catch (NoSuchFileException missing) {
            return List.of();
        } catch (IOException | RuntimeException failed) {
            throw ConnectorException.retryable("cannot list " + path + ": " + failed, failed);
        }
        return names;
    }

    /**
     * Gives a file its final name, unless that name is taken: a link cannot replace anything, and a
     * crash leaves both names, never none.
     *
     * @throws FileAlreadyExistsException if the final name is taken
     */
    static void publish(Path pending, Path target) throws IOException {
        try {
            java.nio.file.Files.createLink(target, pending);
        } catch (FileAlreadyExistsException | NoSuchFileException meaningful) {
            throw meaningful;
        } catch (UnsupportedOperationException | FileSystemException noLinks) {
            move(pending, target, noLinks);
            return;
        }
        java.nio.file.Files.delete(pending);
    }

    /** Without links: looks for the target, then renames. Names are never given twice. */
    private static void move(Path pending, Path target, Exception noLinks) throws IOException {
        if (SAID_NO_LINKS.compareAndSet(false, true)) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    target.getParent()
                            + ": no hard links here, files are published by renaming: "
                            + noLinks);
        }
        java.nio.file.Files.move(pending, target); // Fails if the target exists.
    }

    /** Makes the names in the directory durable, where the system can. */
    void sync() {
        try (FileChannel directory = FileChannel.open(path, StandardOpenOption.READ)) {
            directory.force(true);
        } catch (IOException unsupported) {
            if (SAID_NO_DIRECTORY_SYNC.compareAndSet(false, true)) {
                LOG.log(
                        System.Logger.Level.INFO,
                        path
                                + ": directories cannot be synced here, names are left to the file"
                                + " system: "
                                + unsupported);
            }
        }
    }

    @Override
    public String toString() {
        return path.toString();
    }
}
