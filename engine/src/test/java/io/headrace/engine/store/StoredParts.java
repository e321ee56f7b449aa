package io.headrace.engine.store;

import io.headrace.kernel.checkpoint.FileEntry;
import io.headrace.kernel.checkpoint.FileStore;
import io.headrace.kernel.checkpoint.KeyGroupBuffers;
import io.headrace.kernel.checkpoint.StateFile;
import io.headrace.kernel.checkpoint.Store;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The snapshots of the subtasks of a step, in files. */
final class StoredParts implements AutoCloseable {
    private static final String DIRECTORY = "c";

    private final Store store;
    private final EntryCodec written;
    private final List<FileEntry> files = new ArrayList<>();

    StoredParts(Path directory, EntryCodec codec, List<KeyGroupBuffers> parts) throws IOException {
        store = FileStore.at(directory);
        written = codec;
        store.createDirectories(DIRECTORY);
        for (KeyGroupBuffers part : parts) {
            String name = "part-" + files.size();
            store.delete(DIRECTORY + "/" + name);
            files.add(StateFile.write(store, DIRECTORY, name, codec.schema(), part));
        }
    }

    void restore(KeyedStore state, EntryCodec codec, StateFile.GroupRange range)
            throws IOException {
        EntryRestore restore = new EntryRestore(state, codec, written.schema());
        for (FileEntry file : files) {
            StateFile.read(store, DIRECTORY, file, range, restore);
        }
    }

    @Override
    public void close() throws IOException {
        store.close();
    }
}
