package io.headrace.testkit;

import io.headrace.kernel.checkpoint.LockedException;
import io.headrace.kernel.checkpoint.Store;
import io.headrace.kernel.checkpoint.SyncFailedException;
import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * A store in memory that fails on demand, the same way for the same seed. Reads are short now and
 * then.
 *
 * <p>At a {@link #crash()}, what was not synced is kept, lost, torn or garbage, sector by sector; a
 * name, a rename or a deletion whose directory was not synced may be undone, each on its own. A
 * {@link #kill()} loses nothing but locks. Thread-safe, but deterministic only with one thread.
 */
public final class FaultyStore implements Store {
    private static final long NEVER = Long.MAX_VALUE;

    private final SplittableRandom random;
    private final MemoryDirectory root;
    private final Map<String, long[]> counters;
    private final Map<String, String> locks = new TreeMap<>();
    private long operations;
    private long writes;
    private long syncs;
    private long powerLossAt = NEVER;
    private long fullFrom = NEVER;
    private long syncRefusedAt = NEVER;
    private long opens;
    private long opensRefusedFrom = NEVER;
    private long opensRefusedBefore = NEVER;
    private long refusedOpens;
    private long renames;
    private long renameWithoutOpen = NEVER;
    private boolean dead;

    /** Creates an empty store whose faults follow from the seed. */
    public FaultyStore(long seed) {
        this(new SplittableRandom(seed), new MemoryDirectory(), new TreeMap<>());
    }

    private FaultyStore(
            SplittableRandom random, MemoryDirectory root, Map<String, long[]> counters) {
        this.random = random;
        this.root = root;
        this.counters = counters;
    }

    /** Returns how many operations have changed something or tried to. */
    public synchronized long operations() {
        return operations;
    }

    /** Returns how many writes there were. */
    public synchronized long writes() {
        return writes;
    }

    /** Loses power at the operation of that number, counted from the first as 1. */
    public synchronized void losePowerAt(long operation) {
        powerLossAt = operation;
    }

    /** Has no space left from the write of that number on, counted from the first as 1. */
    public synchronized void runOutOfSpaceAt(long write) {
        fullFrom = write;
    }

    /** Has space again. */
    public synchronized void freeSpace() {
        fullFrom = NEVER;
    }

    /** Refuses the sync of that number, counted from the first as 1; what it was for is lost. */
    public synchronized void refuseSyncAt(long sync) {
        syncRefusedAt = sync;
    }

    /**
     * Has no descriptors for some files, whether they are to be read or to be created.
     *
     * @param open the first that is refused, counted from the first as 1
     * @param count how many are refused
     */
    public synchronized void refuseOpensAt(long open, int count) {
        opensRefusedFrom = open;
        opensRefusedBefore = open + count;
    }

    /** Has no descriptor for the file that is opened next after the rename of that number. */
    public synchronized void refuseOpenAfterRenameAt(long rename) {
        renameWithoutOpen = rename;
    }

    /** Returns how many files were not opened or created for want of descriptors. */
    public synchronized long refusedOpens() {
        return refusedOpens;
    }

    /** Ends this store as a power failure does and returns what is found afterwards. */
    public synchronized FaultyStore crash() {
        dead = true;
        Map<String, long[]> found = new TreeMap<>();
        counters.forEach(
                (name, values) ->
                        found.put(name, random.nextBoolean() ? values.clone() : new long[0]));
        return new FaultyStore(random.split(), root.afterPowerLoss(random), found);
    }

    /** Ends this store as the death of the process does and returns what is found afterwards. */
    public synchronized FaultyStore kill() {
        dead = true;
        return new FaultyStore(random.split(), root, counters);
    }

    /** Flips one bit of a file, as a bad disk does. */
    public synchronized void flipBit(String file, long bit) throws IOException {
        file(file).flipBit(bit);
    }

    /** Returns the length of a file. */
    public synchronized long sizeBytes(String file) throws IOException {
        return file(file).length();
    }

    /** Returns the bytes of a file, to whoever looks at the disk from outside. */
    public synchronized byte[] content(String file) throws IOException {
        return file(file).content();
    }

    /** Returns the names of all files, sorted. */
    public synchronized List<String> files() {
        List<String> names = new ArrayList<>();
        List<String> waiting = new ArrayList<>(List.of(""));
        while (!waiting.isEmpty()) {
            String path = waiting.remove(waiting.size() - 1);
            if (find(path) instanceof MemoryDirectory directory) {
                directory.names().forEach(name -> waiting.add(below(path, name)));
            } else {
                names.add(path);
            }
        }
        return names.stream().sorted().toList();
    }

    @Override
    public synchronized FileOut create(String name) throws IOException {
        boolean last = begin("create " + name);
        requireDescriptor(name);
        MemoryDirectory parent = parent(name);
        if (parent.get(simple(name)) != null) {
            throw new FileAlreadyExistsException(name);
        }
        MemoryFile file = new MemoryFile();
        parent.put(simple(name), file);
        end(last, "create " + name);
        return new Out(name, file);
    }

    @Override
    public synchronized InputStream open(String name) throws IOException {
        requireAlive("open " + name);
        requireDescriptor(name);
        return new ShortReads(file(name).content(), random.split());
    }

    private void requireDescriptor(String name) throws IOException {
        opens++;
        if (opens >= opensRefusedFrom && opens < opensRefusedBefore) {
            refusedOpens++;
            throw new IOException(name + ": Too many open files");
        }
    }

    @Override
    public synchronized boolean exists(String name) {
        requireAlive("exists " + name);
        return find(Store.requireName(name)) != null;
    }

    @Override
    public synchronized List<String> list(String directory) {
        requireAlive("list " + directory);
        return find(directory) instanceof MemoryDirectory found ? found.names() : List.of();
    }

    @Override
    public synchronized void rename(String from, String to) throws IOException {
        boolean last = begin("rename " + from);
        file(from);
        if (parent(from) != parent(to)) {
            throw new IOException("rename within one directory, or publish: " + from + " " + to);
        }
        parent(from).rename(simple(from), simple(to));
        renames++;
        if (renames == renameWithoutOpen) {
            refuseOpensAt(opens + 1, 1);
        }
        end(last, "rename " + from);
    }

    @Override
    public synchronized void publish(String from, String to) throws IOException {
        boolean last = begin("publish " + from);
        MemoryFile file = file(from);
        if (parent(to).get(simple(to)) != null) {
            throw new FileAlreadyExistsException(to);
        }
        MemoryDirectory.Change linked = parent(to).put(simple(to), file);
        if (last && random.nextBoolean()) {
            throw new PowerLostException("publish " + from + ", both names exist");
        }
        parent(from).removeAfter(simple(from), linked);
        end(last, "publish " + from);
    }

    @Override
    public synchronized void syncDirectory(String directory) throws IOException {
        boolean last = begin("sync " + directory);
        requireSync(directory);
        if (!(find(directory) instanceof MemoryDirectory found)) {
            throw new NoSuchFileException(directory);
        }
        found.sync();
        end(last, "sync " + directory);
    }

    @Override
    public synchronized void delete(String name) throws IOException {
        boolean last = begin("delete " + name);
        Object node = find(Store.requireName(name));
        if (node instanceof MemoryDirectory directory && !directory.isEmpty()) {
            throw new DirectoryNotEmptyException(name);
        }
        if (node != null) {
            parent(name).remove(simple(name));
        }
        end(last, "delete " + name);
    }

    @Override
    public synchronized void createDirectories(String directory) throws IOException {
        boolean last = begin("create " + directory);
        MemoryDirectory parent = root;
        for (String part : Store.requireName(directory).split("/")) {
            if (parent.get(part) == null) {
                parent.put(part, new MemoryDirectory());
            }
            if (!(parent.get(part) instanceof MemoryDirectory found)) {
                throw new FileAlreadyExistsException(directory);
            }
            parent = found;
        }
        end(last, "create " + directory);
    }

    @Override
    public synchronized Closeable lock(String name, String holder) throws IOException {
        requireAlive("lock " + name);
        String other = locks.putIfAbsent(Store.requireName(name), holder);
        if (other != null) {
            throw new LockedException(name, other);
        }
        return () -> release(name, holder);
    }

    private synchronized void release(String name, String holder) {
        locks.remove(name, holder);
    }

    @Override
    public synchronized Counters counters(String name, int slots) {
        requireAlive("counters " + name);
        long[] old = counters.getOrDefault(name, new long[0]);
        long[] values = java.util.Arrays.copyOf(old, slots);
        counters.put(Store.requireName(name), values);
        return new MemoryCounters(values);
    }

    @Override
    public void close() {
        // Memory is all there is.
    }

    /** Counts an operation; returns whether power fails at its end, or fails at its start. */
    private boolean begin(String operation) {
        requireAlive(operation);
        operations++;
        if (operations != powerLossAt) {
            return false;
        }
        dead = true;
        if (random.nextBoolean()) {
            throw new PowerLostException("the start of " + operation);
        }
        return true;
    }

    private static void end(boolean last, String operation) {
        if (last) {
            throw new PowerLostException("the end of " + operation);
        }
    }

    private void requireAlive(String operation) {
        if (dead) {
            throw new PowerLostException(operation + ", long before");
        }
    }

    private void requireSync(String name) {
        syncs++;
        if (syncs == syncRefusedAt) {
            throw new SyncFailedException(name, new IOException("Input/output error"));
        }
    }

    private Object find(String path) {
        Object node = root;
        for (String part : path.isEmpty() ? new String[0] : path.split("/")) {
            node = node instanceof MemoryDirectory directory ? directory.get(part) : null;
        }
        return node;
    }

    private MemoryFile file(String name) throws IOException {
        if (find(Store.requireName(name)) instanceof MemoryFile file) {
            return file;
        }
        throw new NoSuchFileException(name);
    }

    private MemoryDirectory parent(String name) throws IOException {
        int slash = Store.requireName(name).lastIndexOf('/');
        if (find(name.substring(0, Math.max(slash, 0))) instanceof MemoryDirectory found) {
            return found;
        }
        throw new NoSuchFileException(name);
    }

    private static String simple(String name) {
        return name.substring(name.lastIndexOf('/') + 1);
    }

    private static String below(String directory, String name) {
        return directory.isEmpty() ? name : directory + "/" + name;
    }

    private synchronized void write(String name, MemoryFile file, byte[] bytes, int... range)
            throws IOException {
        boolean last = begin("write " + name);
        writes++;
        int length = range[1];
        if (last || writes >= fullFrom) {
            length = random.nextInt(length + 1); // Part of it got through.
        }
        file.append(bytes, range[0], length);
        end(last, "write " + name);
        if (writes >= fullFrom) {
            throw new IOException(name + ": No space left on device");
        }
    }

    private synchronized void sync(String name, MemoryFile file) {
        boolean last = begin("sync " + name);
        try {
            requireSync(name);
        } catch (SyncFailedException refused) {
            file.forgetUnsynced(random);
            throw refused;
        }
        file.sync();
        end(last, "sync " + name);
    }

    private final class Out implements FileOut {
        private final String name;
        private final MemoryFile file;

        Out(String name, MemoryFile file) {
            this.name = name;
            this.file = file;
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            FaultyStore.this.write(name, file, bytes, offset, length);
        }

        @Override
        public void sync() {
            FaultyStore.this.sync(name, file);
        }

        @Override
        public void close() {
            // Nothing is held.
        }
    }

    /** Gives fewer bytes than it is asked for now and then, as a read may. */
    private static final class ShortReads extends ByteArrayInputStream {
        private final SplittableRandom random;

        ShortReads(byte[] content, SplittableRandom random) {
            super(content);
            this.random = random;
        }

        @Override
        public synchronized int read(byte[] bytes, int offset, int length) {
            boolean whole = length < 2 || random.nextInt(4) != 0;
            return super.read(bytes, offset, whole ? length : 1 + random.nextInt(length - 1));
        }
    }

    private record MemoryCounters(long[] values) implements Counters {
        @Override
        public int slots() {
            return values.length;
        }

        @Override
        public synchronized long get(int slot) {
            return values[slot];
        }

        @Override
        public synchronized void set(int slot, long value) {
            values[slot] = value;
        }

        @Override
        public void close() {
            // Nothing is held.
        }
    }
}
