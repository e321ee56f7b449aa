package io.headrace.kernel.checkpoint;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Locks on files that the operating system releases when the process dies.
 *
 * <p>On POSIX a process loses a lock when it closes <em>any</em> channel of the file. So this
 * process remembers what it holds and does not open such a file again, and the name of the holder
 * stands in a file beside it.
 */
final class FileLocks {
    private static final Map<Path, String> HELD_HERE = new ConcurrentHashMap<>();

    private FileLocks() {}

    static Closeable take(Path file, String name, String holder) throws IOException {
        String other = HELD_HERE.putIfAbsent(file, holder);
        if (other != null) {
            throw new LockedException(name, other);
        }
        try {
            return takeFromOthers(file, name, holder);
        } catch (IOException | RuntimeException refused) {
            HELD_HERE.remove(file);
            throw refused;
        }
    }

    private static Closeable takeFromOthers(Path file, String name, String holder)
            throws IOException {
        FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        Path note = file.resolveSibling(file.getFileName() + ".holder");
        FileLock lock = tryLock(channel);
        if (lock == null) {
            channel.close();
            throw new LockedException(
                    name, Files.exists(note) ? Files.readString(note).strip() : "");
        }
        Files.writeString(note, holder + "\n", StandardCharsets.UTF_8);
        return () -> {
            if (channel.isOpen()) {
                channel.close(); // Releases the lock, and any that another channel had by then.
                HELD_HERE.remove(file);
            }
        };
    }

    private static FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException heldByAnotherLoader) {
            return null;
        }
    }
}
