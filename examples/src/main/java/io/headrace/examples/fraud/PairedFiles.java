package io.headrace.examples.fraud;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Two files that appear in a directory together or not at all.
 *
 * <p>Both are written under temporary names in the same directory; a lock on the first keeps a
 * second process out, and what a killed process left is overwritten. {@link #publish} removes an
 * old second file, then renames the first, then the second: whoever sees the second file sees both
 * complete, and never one of an older pair. Closed without being published, no file and no
 * directory that was made here stays. One thread at a time.
 */
final class PairedFiles implements AutoCloseable {
    private final Path directory;
    private final Path first;
    private final Path second;
    private final Deque<Path> createdDirectories = new ArrayDeque<>();
    private FileChannel firstChannel;
    private FileChannel secondChannel;
    private boolean locked;
    private boolean published;

    /** Creates the directory where it is missing and opens both files for writing. */
    PairedFiles(Path directory, String first, String second) throws IOException {
        this.directory = directory.toAbsolutePath().normalize();
        this.first = this.directory.resolve(first);
        this.second = this.directory.resolve(second);
        try {
            createDirectories();
            firstChannel = open(temporary(this.first));
            lock();
            secondChannel = open(temporary(this.second));
            firstChannel.truncate(0);
            secondChannel.truncate(0);
        } catch (IOException | RuntimeException e) {
            close();
            throw e;
        }
    }

    private void createDirectories() throws IOException {
        Path missing = directory;
        while (missing != null && Files.notExists(missing)) {
            createdDirectories.addLast(missing);
            missing = missing.getParent();
        }
        Files.createDirectories(directory);
    }

    private static FileChannel open(Path file) throws IOException {
        return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    }

    private void lock() throws IOException {
        try {
            // The name is gone when the other writer published between our opening and our locking.
            locked = firstChannel.tryLock() != null && Files.exists(temporary(first));
        } catch (OverlappingFileLockException e) {
            locked = false; // The other writer is in this process.
        }
        if (!locked) {
            throw new IOException(
                    directory + ": another run is writing here; wait for it or choose another");
        }
    }

    private static Path temporary(Path file) {
        return file.resolveSibling("." + file.getFileName() + ".tmp");
    }

    Path first() {
        return first;
    }

    Path second() {
        return second;
    }

    /** Returns where to write the first file; closed by this object. */
    FileChannel firstChannel() {
        return firstChannel;
    }

    /** Returns where to write the second file; closed by this object. */
    FileChannel secondChannel() {
        return secondChannel;
    }

    /**
     * Forces both files to the disk and gives them their names.
     *
     * @return whether the directory could be forced to disk too
     */
    boolean publish() throws IOException {
        if (Files.isDirectory(first) || Files.isDirectory(second)) {
            throw new IOException(
                    directory + ": a directory has the name of a file to write; choose another");
        }
        firstChannel.force(true);
        secondChannel.force(true);
        Files.deleteIfExists(second);
        Files.move(temporary(first), first, StandardCopyOption.ATOMIC_MOVE);
        try {
            Files.move(temporary(second), second, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            Files.deleteIfExists(first);
            throw e;
        }
        published = true;
        return syncDirectory();
    }

    /** Some systems (Windows) cannot open a directory: the renames are then as safe as it gets. */
    private boolean syncDirectory() {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** Closes both files; takes back what was not published, and only what is ours. */
    @Override
    public void close() throws IOException {
        boolean remove = locked && !published;
        if (secondChannel != null) {
            secondChannel.close();
        }
        if (remove) {
            Files.deleteIfExists(temporary(second));
            Files.deleteIfExists(temporary(first)); // Last: its lock covers the other.
        }
        if (firstChannel != null) {
            firstChannel.close();
        }
        if (!published) {
            removeCreatedDirectories();
        }
    }

    private void removeCreatedDirectories() throws IOException {
        for (Path created : createdDirectories) {
            if (Files.isDirectory(created) && isEmpty(created)) {
                Files.delete(created);
            }
        }
    }

    private static boolean isEmpty(Path directory) throws IOException {
        try (var entries = Files.newDirectoryStream(directory)) {
            return !entries.iterator().hasNext();
        }
    }
}
