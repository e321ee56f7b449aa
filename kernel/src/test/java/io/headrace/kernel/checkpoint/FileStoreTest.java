package io.headrace.kernel.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What only real files can show; what holds for every store is in the testkit. */
class FileStoreTest {
    @TempDir private Path root;

    /** Takes the lock in a process of its own, says so, and waits to be killed. */
    public static final class Holder {
        private Holder() {}

        /** Runs until it is killed. */
        public static void main(String[] arguments) throws IOException, InterruptedException {
            try (FileStore store = FileStore.at(Path.of(arguments[0]));
                    Closeable lock = store.lock("lock", "job card-fraud, process " + processId())) {
                store.counters("counters", 2).set(1, 77);
                Files.writeString(Path.of(arguments[0], "ready"), lock.toString());
                Thread.sleep(TimeUnit.MINUTES.toMillis(1));
            }
        }

        private static long processId() {
            return ProcessHandle.current().pid();
        }
    }

    @Test
    void anotherProcessIsNamedAndItsDeathReleasesTheLockAndKeepsTheCounters()
            throws IOException, InterruptedException {
        Process holder =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-cp",
                                System.getProperty("java.class.path"),
                                Holder.class.getName(),
                                root.toString())
                        .inheritIO()
                        .start();
        try {
            awaitFile(root.resolve("ready"), holder);
            FileStore store = FileStore.at(root);

            assertThatThrownBy(() -> store.lock("lock", "second"))
                    .isInstanceOf(LockedException.class)
                    .hasMessageContaining("job card-fraud, process " + holder.pid());

            holder.destroyForcibly().waitFor();
            store.lock("lock", "third").close();
            assertThat(store.counters("counters", 2).get(1)).isEqualTo(77);
        } finally {
            holder.destroyForcibly();
        }
    }

    private static void awaitFile(Path file, Process process) throws InterruptedException {
        for (int i = 0; i < 3_000 && process.isAlive() && !Files.exists(file); i++) {
            process.waitFor(10, TimeUnit.MILLISECONDS);
        }
        assertThat(file).exists();
    }

    @Test
    void publishesAtOnceOneFileOfTwoNames() throws IOException {
        FileStore store = FileStore.at(root);
        Files.writeString(root.resolve("pending"), "rows");

        store.publish("pending", "final");

        assertThat(root.resolve("final")).hasContent("rows");
        assertThat(root.resolve("pending")).doesNotExist();
    }

    @Test
    void readsWholeFilesUpToABound() throws IOException {
        FileStore store = FileStore.at(root);
        Files.writeString(root.resolve("a"), "12345");

        assertThat(store.read("a", 5)).hasSize(5);
        assertThatThrownBy(() -> store.read("a", 4))
                .isInstanceOf(IOException.class)
                .hasMessage("a is longer than 4 bytes");
    }
}
