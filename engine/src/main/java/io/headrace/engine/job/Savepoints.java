package io.headrace.engine.job;

import io.headrace.kernel.checkpoint.CheckpointDirectory;
import io.headrace.kernel.checkpoint.FileEntry;
import io.headrace.kernel.checkpoint.Manifest;
import io.headrace.kernel.checkpoint.ManifestJson;
import io.headrace.kernel.checkpoint.Store;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * Turns a checkpoint that is durable and committed into a savepoint: the same files in a directory
 * of their own. Its output is committed already, so that it has no pieces.
 */
public final class Savepoints {
    private Savepoints() {}

    /**
     * Copies a checkpoint.
     *
     * @param stored a checkpoint of {@code from} that nobody deletes meanwhile
     * @param to an empty store
     */
    public static void copy(Store from, CheckpointDirectory.Stored stored, Store to)
            throws IOException {
        for (Manifest.StepState step : stored.manifest().steps()) {
            for (FileEntry file : step.files()) {
                int slash = file.name().lastIndexOf('/');
                if (slash > 0) {
                    to.createDirectories(file.name().substring(0, slash));
                }
                copyFile(from, stored.directory() + "/" + file.name(), to, file.name());
                to.syncDirectory(slash > 0 ? file.name().substring(0, slash) : "");
            }
        }
        byte[] manifest = ManifestJson.write(withoutPieces(stored.manifest()));
        try (Store.FileOut out = to.create("manifest.new")) {
            out.write(manifest, 0, manifest.length);
            out.sync();
        }
        to.rename("manifest.new", "manifest.json");
        to.syncDirectory("");
    }

    private static Manifest withoutPieces(Manifest manifest) {
        List<Manifest.SinkState> sinks = new ArrayList<>();
        manifest.sinks()
                .forEach(
                        sink ->
                                sinks.add(
                                        new Manifest.SinkState(
                                                sink.step(),
                                                sink.target(),
                                                sink.epoch(),
                                                List.of())));
        return new Manifest(
                manifest.head(), manifest.steps(), manifest.sources(), sinks, manifest.counters());
    }

    private static void copyFile(Store from, String name, Store to, String copy)
            throws IOException {
        byte[] buffer = new byte[1 << 16];
        try (InputStream in = from.open(name);
                Store.FileOut out = to.create(copy)) {
            int read;
            while ((read = in.read(buffer)) > 0) {
                out.write(buffer, 0, read);
            }
            out.sync();
        }
    }
}
