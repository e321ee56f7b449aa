package io.headrace.kernel.checkpoint;

import io.headrace.type.DecodeException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The checkpoints of one job below one directory of a store.
 *
 * <p>A checkpoint is durable once {@link Attempt#publish} has returned: its files are synced before
 * its manifest is written, the manifest is synced before it gets its name, the name is synced, and
 * what is there is read back. An id is never used twice, also if its attempt was given up or the
 * process died: its directory is made durable before anything uses it and stays until a newer
 * checkpoint is durable. <b>Threading.</b> One thread, except {@link Attempt#writeState}, which any
 * thread may call.
 */
public final class CheckpointDirectory {
    /** The name of the manifest in the directory of a checkpoint. */
    public static final String MANIFEST = "manifest.json";

    private static final String ROOT = "checkpoints";
    private static final String UNPUBLISHED = "manifest.json.tmp";
    private static final int ID_DIGITS = 12;

    private final Store store;
    private long lastId;

    /**
     * Opens the directory and creates it if it is not there.
     *
     * @param store locked by the caller for this process
     */
    public CheckpointDirectory(Store store) throws IOException {
        this.store = store;
        store.createDirectories(ROOT);
        store.syncDirectory("");
        List<Long> ids = ids();
        this.lastId = ids.isEmpty() ? 0 : ids.get(ids.size() - 1);
    }

    /** Begins a checkpoint under a new id, which is durably taken. */
    public Attempt begin() throws IOException {
        lastId++;
        String directory = directoryOf(lastId);
        store.createDirectories(directory);
        store.syncDirectory(ROOT);
        return new Writing(lastId, directory);
    }

    /** Returns the newest checkpoint of which every byte verifies; skips what is torn. */
    public Optional<Stored> newestVerifying() throws IOException {
        return scan().newest();
    }

    /**
     * Looks for the newest checkpoint of which every byte verifies and remembers what should have
     * verified on the way there.
     */
    public Scan scan() throws IOException {
        List<String> damaged = new ArrayList<>();
        List<Long> ids = ids();
        for (int i = ids.size() - 1; i >= 0; i--) {
            try {
                return new Scan(Optional.of(verified(ids.get(i))), damaged);
            } catch (MissingManifestException neverFinished) {
                continue; // A crash or an abort before the manifest got its name.
            } catch (DecodeException | NoSuchFileException broken) {
                damaged.add("checkpoint " + ids.get(i) + ": " + broken.getMessage());
            }
        }
        return new Scan(Optional.empty(), damaged);
    }

    /** Returns the ids of everything that is there, also of attempts, in their order. */
    public List<Long> ids() throws IOException {
        return store.list(ROOT).stream()
                .filter(name -> name.matches("[0-9]{" + ID_DIGITS + "}"))
                .map(Long::valueOf)
                .sorted()
                .toList();
    }

    /** Deletes everything older than an id, which must be that of a durable checkpoint. */
    public void retire(long keepFrom) throws IOException {
        for (long id : ids()) {
            if (id < keepFrom) {
                String directory = directoryOf(id);
                store.delete(directory + "/" + MANIFEST);
                deleteFiles(directory);
                store.delete(directory);
            }
        }
    }

    private Stored verified(long id) throws IOException {
        String directory = directoryOf(id);
        Manifest manifest = ManifestJson.parse(manifestOf(directory));
        if (manifest.head().epoch() != id) {
            throw new DecodeException(
                    "its manifest is that of checkpoint " + manifest.head().epoch());
        }
        for (Manifest.StepState step : manifest.steps()) {
            for (FileEntry file : step.files()) {
                verify(directory, file);
            }
        }
        return new Stored(id, directory, manifest);
    }

    private byte[] manifestOf(String directory) throws IOException {
        try {
            return store.read(directory + "/" + MANIFEST, ManifestJson.SIZE_BYTES_MAX);
        } catch (NoSuchFileException missing) {
            throw new MissingManifestException();
        }
    }

    private void verify(String directory, FileEntry file) throws IOException {
        MessageDigest digest = Sha256.digest();
        long length = 0;
        byte[] buffer = new byte[StateFile.BLOCK_BYTES_MAX];
        try (InputStream in = store.open(directory + "/" + file.name())) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                digest.update(buffer, 0, read);
                length += read;
            }
        }
        if (length != file.length() || !Sha256.hex(digest).equals(file.sha256())) {
            throw new DecodeException(file.name() + " is not the file of the manifest");
        }
    }

    /** Deletes what is in a directory and in the directories in it. */
    private void deleteFiles(String directory) throws IOException {
        for (String name : store.list(directory)) {
            String child = directory + "/" + name;
            for (String file : store.list(child)) {
                store.delete(child + "/" + file);
            }
            store.delete(child);
        }
    }

    private static String directoryOf(long id) {
        return ROOT + "/" + String.format("%0" + ID_DIGITS + "d", id);
    }

    /**
     * A checkpoint that verifies.
     *
     * @param directory for {@link StateFile#read}
     */
    public record Stored(long id, String directory, Manifest manifest) {}

    /**
     * What a look through the directory found.
     *
     * @param newest the newest checkpoint that verifies
     * @param damaged one line for each newer checkpoint that was complete and does not verify any
     *     more: going back behind it may repeat output that was committed
     */
    public record Scan(Optional<Stored> newest, List<String> damaged) {
        /** Copies the list. */
        public Scan {
            damaged = List.copyOf(damaged);
        }
    }

    /** A checkpoint that is being written. */
    public interface Attempt {
        /** Returns the id, for {@link Manifest.Head#epoch()}. */
        long id();

        /** Writes and syncs the state of a range of key groups. Any thread; blocks. */
        FileEntry writeState(StepSchema schema, KeyGroupBuffers buffers) throws IOException;

        /** Writes and syncs what a step keeps without a key. Any thread; blocks. */
        FileEntry writeOperatorState(StepSchema schema, KeyGroupBuffers buffers) throws IOException;

        /**
         * Writes the manifest. The checkpoint is durable when the call returns.
         *
         * @param manifest names each file that was written, once
         * @throws IOException if it is not known to be durable: give the attempt up
         */
        Stored publish(Manifest manifest) throws IOException;

        /**
         * Gives the attempt up and deletes its files; its id stays taken. If this fails, the
         * checkpoint may still become durable: the job must stop before it discards anything that
         * the manifest names.
         */
        void abort() throws IOException;
    }

    private static final class MissingManifestException extends IOException {
        private static final long serialVersionUID = 1L;
    }

    private final class Writing implements Attempt {
        private final long id;
        private final String directory;
        private final Map<String, FileEntry> written = new ConcurrentHashMap<>();

        Writing(long id, String directory) {
            this.id = id;
            this.directory = directory;
        }

        @Override
        public long id() {
            return id;
        }

        @Override
        public FileEntry writeState(StepSchema schema, KeyGroupBuffers buffers) throws IOException {
            return write(
                    StateFile.name(schema.step(), buffers.firstGroup(), buffers.lastGroup()),
                    schema,
                    buffers);
        }

        @Override
        public FileEntry writeOperatorState(StepSchema schema, KeyGroupBuffers buffers)
                throws IOException {
            return write(StateFile.operatorName(schema.step()), schema, buffers);
        }

        private FileEntry write(String name, StepSchema schema, KeyGroupBuffers buffers)
                throws IOException {
            store.createDirectories(directory + "/" + folderOf(name));
            FileEntry entry = StateFile.write(store, directory, name, schema, buffers);
            written.put(name, entry);
            return entry;
        }

        @Override
        public Stored publish(Manifest manifest) throws IOException {
            requireComplete(manifest);
            for (String folder : folders()) {
                store.syncDirectory(directory + "/" + folder);
            }
            store.syncDirectory(directory);
            writeManifest(ManifestJson.write(manifest));
            store.rename(directory + "/" + UNPUBLISHED, directory + "/" + MANIFEST);
            store.syncDirectory(directory);
            if (!ManifestJson.parse(manifestOf(directory)).equals(manifest)) {
                throw new IOException(
                        "the manifest of checkpoint " + id + " was not read back as written");
            }
            return new Stored(id, directory, manifest);
        }

        private void writeManifest(byte[] json) throws IOException {
            try (Store.FileOut out = store.create(directory + "/" + UNPUBLISHED)) {
                out.write(json, 0, json.length);
                out.sync();
            }
        }

        private void requireComplete(Manifest manifest) {
            Map<String, FileEntry> named = new HashMap<>();
            manifest.steps().stream()
                    .flatMap(step -> step.files().stream())
                    .forEach(file -> named.put(file.name(), file));
            if (manifest.head().epoch() != id || !named.equals(written)) {
                throw new IllegalArgumentException(
                        "the manifest of checkpoint "
                                + id
                                + " is for "
                                + manifest.head().epoch()
                                + " and names "
                                + named.keySet()
                                + ", written were "
                                + written.keySet());
            }
        }

        @Override
        public void abort() throws IOException {
            store.delete(directory + "/" + MANIFEST);
            store.syncDirectory(directory); // Before anybody discards what it names.
            deleteFiles(directory);
        }

        private TreeSet<String> folders() {
            TreeSet<String> folders = new TreeSet<>();
            written.keySet().forEach(name -> folders.add(folderOf(name)));
            return folders;
        }

        private static String folderOf(String name) {
            return name.substring(0, name.indexOf('/'));
        }
    }
}
