package io.headrace.testkit;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * Names and what they stand for: files and directories. Changes are durable after a sync of the
 * directory; of those that are not, a power failure keeps any. Not thread-safe.
 */
final class MemoryDirectory {
    private final TreeMap<String, Object> entries = new TreeMap<>();
    private final TreeMap<String, Object> synced = new TreeMap<>();
    private final List<Change> pending = new ArrayList<>();

    Object get(String name) {
        return entries.get(name);
    }

    List<String> names() {
        return List.copyOf(entries.keySet());
    }

    boolean isEmpty() {
        return entries.isEmpty();
    }

    /** Names a node. */
    Change put(String name, Object node) {
        return change(new Change(null, name, node, null));
    }

    /** Forgets a name. */
    void remove(String name) {
        change(new Change(name, null, null, null));
    }

    /** Forgets a name, durably only if another change is durable. */
    void removeAfter(String name, Change before) {
        change(new Change(name, null, null, before));
    }

    /** Names a node otherwise, in one step that a power failure keeps or undoes as a whole. */
    void rename(String from, String to) {
        change(new Change(from, to, entries.get(from), null));
    }

    void sync() {
        synced.clear();
        synced.putAll(entries);
        pending.clear();
    }

    private Change change(Change change) {
        change.apply(entries);
        pending.add(change);
        return change;
    }

    /** Returns what is found when the machine is up again, with all directories below. */
    MemoryDirectory afterPowerLoss(SplittableRandom random) {
        return afterPowerLoss(random, new IdentityHashMap<>());
    }

    private MemoryDirectory afterPowerLoss(SplittableRandom random, Map<Object, Object> found) {
        TreeMap<String, Object> names = new TreeMap<>(synced);
        for (Change change : pending) {
            if (change.survives(random)) {
                change.apply(names);
            }
        }
        MemoryDirectory directory = new MemoryDirectory();
        names.forEach(
                (name, node) -> {
                    Object survivor = found.get(node);
                    if (survivor == null) {
                        survivor =
                                node instanceof MemoryDirectory below
                                        ? below.afterPowerLoss(random, found)
                                        : ((MemoryFile) node).afterPowerLoss(random);
                        found.put(node, survivor);
                    }
                    directory.entries.put(name, survivor);
                });
        directory.sync();
        return directory;
    }

    /** One change of the names of a directory. */
    static final class Change {
        private final String removed;
        private final String added;
        private final Object node;
        private final Change before;
        private Boolean survives;

        private Change(String removed, String added, Object node, Change before) {
            this.removed = removed;
            this.added = added;
            this.node = node;
            this.before = before;
        }

        private void apply(Map<String, Object> names) {
            if (removed != null) {
                names.remove(removed);
            }
            if (added != null) {
                names.put(added, node);
            }
        }

        private boolean survives(SplittableRandom random) {
            if (survives == null) {
                survives = (before == null || before.survives(random)) && random.nextBoolean();
            }
            return survives;
        }
    }
}
