package io.headrace.testkit.simulation;

import io.headrace.connector.Piece;
import io.headrace.kernel.checkpoint.Manifest;
import io.headrace.kernel.checkpoint.ManifestJson;
import io.headrace.testkit.FaultyStore;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Something that no recovery may survive in silence: a flipped bit in the newest checkpoint, or
 * output that the checkpoint names and its target has lost.
 */
final class Damage {
    private static final String MANIFEST = "/manifest.json";

    private final String what;
    private final Repair repair;

    /** How a copy would be put back. */
    private interface Repair {
        void in(FaultyStore store) throws IOException;
    }

    private Damage(String what, Repair repair) {
        this.what = what;
        this.repair = repair;
    }

    /** Does some damage; returns null if there is nothing to be damaged. */
    static Damage draw(World world, FaultyStore store) throws IOException {
        List<String> files = store.files();
        Optional<String> manifest =
                files.stream()
                        .filter(name -> name.endsWith(MANIFEST))
                        .max(Comparator.naturalOrder());
        if (manifest.isEmpty() || world.zombie != null) {
            return null; // What is left of a dead process may show or seal what was lost.
        }
        String directory = manifest.get().replace(MANIFEST, "/");
        if (world.random.nextBoolean()) {
            List<String> found = files.stream().filter(name -> name.startsWith(directory)).toList();
            String file = found.get(world.random.nextInt(found.size()));
            return flip(store, file, world.random.nextLong(store.sizeBytes(file) * 8));
        }
        return lose(world, ManifestJson.parse(store.content(manifest.get())));
    }

    private static Damage flip(FaultyStore store, String file, long bit) throws IOException {
        store.flipBit(file, bit);
        return new Damage(
                "bit " + bit + " of " + file + " was flipped", in -> in.flipBit(file, bit));
    }

    private static Damage lose(World world, Manifest manifest) {
        List<Runnable> lost = new ArrayList<>();
        for (Manifest.SinkState sink : manifest.sinks()) {
            TargetTable table = world.tables.get(sink.step());
            for (Piece piece : sink.pieces()) {
                if (lost.isEmpty() && table.holds(piece.pending())) {
                    lost.add(table.lose(piece.pending()));
                }
            }
        }
        return lost.isEmpty()
                ? null
                : new Damage("a target lost a piece", store -> lost.get(0).run());
    }

    String what() {
        return what;
    }

    void repair(FaultyStore store) throws IOException {
        repair.in(store);
    }
}
