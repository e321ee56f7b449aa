package io.headrace.kernel.checkpoint;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A store in a directory of a local file system.
 *
 * <p>Where directories cannot be synced, names are as durable as the file system makes them; where
 * there are no hard links, a file is published by a check and a rename. Which of these holds is
 * logged once. After a failed sync every later sync of this store fails.
 */
public final class FileStore implements Store {
    private static final Logger LOG = LoggerFactory.getLogger(FileStore.class);

    private final Path root;
    private final boolean syncsDirectories;
    private final AtomicBoolean warnedOfLinks = new AtomicBoolean();
    private volatile SyncFailedException broken;

    private FileStore(Path root, boolean syncsDirectories) {
        this.root = root;
        this.syncsDirectories = syncsDirectories;
    }

    /** Opens a directory and creates it if it is not there. */
    public static FileStore at(Path root) throws IOException {
        Path real = Files.createDirectories(root.toAbsolutePath()).toRealPath();
        return new FileStore(real, canSync(real));
    }

    private static boolean canSync(Path directory) {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
            return true;
        } catch (IOException unsupported) {
            LOG.warn(
                    "Directories cannot be synced in {} ({}): after a power failure a new file"
                            + " may have lost its name",
                    directory,
                    unsupported.getMessage());
            return false;
        }
    }

    @Override
    public FileOut create(String name) throws IOException {
        FileChannel channel =
                FileChannel.open(
                        path(name), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        return new ChannelOut(name, channel);
    }

    @Override
    public InputStream open(String name) throws IOException {
        return Files.newInputStream(path(name));
    }

    @Override
    public boolean exists(String name) {
        return Files.exists(path(name));
    }

    @Override
    public List<String> list(String directory) throws IOException {
        try (Stream<Path> found = Files.list(directoryPath(directory))) {
            return found.map(path -> path.getFileName().toString()).sorted().toList();
        } catch (NoSuchFileException | NotDirectoryException none) {
            return List.of();
        }
    }

    @Override
    public void rename(String from, String to) throws IOException {
        Files.move(path(from), path(to), StandardCopyOption.ATOMIC_MOVE);
    }

    @Override
    public void publish(String from, String to) throws IOException {
        try {
            Files.createLink(path(to), path(from));
        } catch (FileAlreadyExistsException | NoSuchFileException refused) {
            throw refused;
        } catch (UnsupportedOperationException | FileSystemException unsupported) {
            publishByRename(from, to, unsupported);
            return;
        }
        Files.delete(path(from));
    }

    /** Not safe from another process that creates the same name between the two lines. */
    private synchronized void publishByRename(String from, String to, Exception reason)
            throws IOException {
        if (!warnedOfLinks.getAndSet(true)) {
            LOG.warn(
                    "No hard links in {} ({}): files are published by a check and a rename",
                    root,
                    reason.getMessage());
        }
        if (Files.exists(path(to))) {
            throw new FileAlreadyExistsException(to);
        }
        Files.move(path(from), path(to), StandardCopyOption.ATOMIC_MOVE);
    }

    @Override
    public void syncDirectory(String directory) throws IOException {
        if (!syncsDirectories) {
            return;
        }
        FileChannel channel = FileChannel.open(directoryPath(directory), StandardOpenOption.READ);
        try (channel) {
            force(channel, directory.isEmpty() ? "." : directory);
        }
    }

    @Override
    public void delete(String name) throws IOException {
        Files.deleteIfExists(path(name));
    }

    @Override
    public void createDirectories(String directory) throws IOException {
        Files.createDirectories(directoryPath(directory));
    }

    @Override
    public Closeable lock(String name, String holder) throws IOException {
        return FileLocks.take(path(name), name, holder);
    }

    @Override
    public Counters counters(String name, int slots) throws IOException {
        return MappedCounters.open(path(name), slots);
    }

    @Override
    public void close() {
        // Every channel belongs to whoever opened it.
    }

    @Override
    public String toString() {
        return root.toString();
    }

    private Path path(String name) {
        return root.resolve(Store.requireName(name));
    }

    private Path directoryPath(String directory) {
        return directory.isEmpty() ? root : path(directory);
    }

    private void force(FileChannel channel, String name) {
        if (broken != null) {
            throw new SyncFailedException(name, broken);
        }
        try {
            channel.force(true);
        } catch (IOException refused) {
            broken = new SyncFailedException(name, refused);
            throw broken;
        }
    }

    private final class ChannelOut implements FileOut {
        private final String name;
        private final FileChannel channel;

        ChannelOut(String name, FileChannel channel) {
            this.name = name;
            this.channel = channel;
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            ByteBuffer rest = ByteBuffer.wrap(bytes, offset, length);
            while (rest.hasRemaining()) {
                channel.write(rest);
            }
        }

        @Override
        public void sync() {
            force(channel, name);
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }
}
