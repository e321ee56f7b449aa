package io.headrace.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headrace.kernel.checkpoint.FileStore;
import io.headrace.kernel.checkpoint.LockedException;
import io.headrace.kernel.checkpoint.Store;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Both stores do the same as long as nothing fails. */
class StoreContractTest {
    @TempDir private Path root;

    private Store store(String kind) throws IOException {
        return kind.equals("files") ? FileStore.at(root) : new FaultyStore(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"files", "memory"})
    void createsReadsListsAndDeletes(String kind) throws IOException {
        Store store = store(kind);
        store.createDirectories("a/b");
        store.createDirectories("a/b");

        write(store, "a/b/two", "2");
        write(store, "a/b/one", "1");

        assertThat(store.list("a/b")).containsExactly("one", "two");
        assertThat(store.list("a/b/one")).isEmpty();
        assertThat(store.list("none")).isEmpty();
        assertThat(read(store, "a/b/one")).isEqualTo("1");
        assertThat(store.exists("a/b")).isTrue();
        assertThatThrownBy(() -> store.create("a/b/one"))
                .isInstanceOf(FileAlreadyExistsException.class);
        assertThatThrownBy(() -> store.create("none/one")).isInstanceOf(NoSuchFileException.class);
        assertThatThrownBy(() -> store.open("a/b/three")).isInstanceOf(NoSuchFileException.class);
        assertThatThrownBy(() -> store.delete("a/b"))
                .isInstanceOf(DirectoryNotEmptyException.class);
        store.delete("a/b/one");
        store.delete("a/b/one");
        store.delete("a/b/two");
        store.delete("a/b");
        assertThat(store.list("")).containsExactly("a");
        store.syncDirectory("");
        store.syncDirectory("a");
    }

    @ParameterizedTest
    @ValueSource(strings = {"files", "memory"})
    void renamesReplaceAndPublicationsDoNot(String kind) throws IOException {
        Store store = store(kind);
        write(store, "a", "new");
        write(store, "b", "old");

        assertThatThrownBy(() -> store.publish("a", "b"))
                .isInstanceOf(FileAlreadyExistsException.class);
        assertThat(read(store, "b")).isEqualTo("old");
        store.rename("a", "b");

        assertThat(read(store, "b")).isEqualTo("new");
        assertThat(store.exists("a")).isFalse();
        store.createDirectories("final");
        store.publish("b", "final/c");
        assertThat(read(store, "final/c")).isEqualTo("new");
        assertThat(store.exists("b")).isFalse();
        assertThatThrownBy(() -> store.publish("b", "d")).isInstanceOf(NoSuchFileException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"files", "memory"})
    void aLockHasOneHolderWhoIsNamed(String kind) throws IOException {
        Store store = store(kind);
        Closeable lock = store.lock("lock", "first");

        assertThatThrownBy(() -> store.lock("lock", "second"))
                .isInstanceOfSatisfying(
                        LockedException.class,
                        locked -> assertThat(locked.holder()).isEqualTo("first"));
        lock.close();

        Closeable next = store.lock("lock", "second");
        lock.close(); // Again: it is not this one's lock any more.
        assertThatThrownBy(() -> store.lock("lock", "third")).isInstanceOf(LockedException.class);
        next.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"files", "memory"})
    void countersOutliveThoseWhoOpenedThem(String kind) throws IOException {
        Store store = store(kind);
        try (Store.Counters counters = store.counters("counters", 3)) {
            counters.set(0, Long.MAX_VALUE);
            counters.set(2, -1);
        }

        try (Store.Counters counters = store.counters("counters", 4)) {
            assertThat(counters.slots()).isEqualTo(4);
            assertThat(counters.get(0)).isEqualTo(Long.MAX_VALUE);
            assertThat(counters.get(1)).isZero();
            assertThat(counters.get(2)).isEqualTo(-1);
            assertThat(counters.get(3)).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"files", "memory"})
    void refusesNamesThatLeadOut(String kind) throws IOException {
        Store store = store(kind);
        for (String name : new String[] {"", "/a", "a//b", "../a", "a/..", ".", "a\\b", "a\n"}) {
            assertThatThrownBy(() -> store.create(name))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    private static void write(Store store, String name, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        try (Store.FileOut out = store.create(name)) {
            out.write(bytes, 0, bytes.length);
            out.sync();
        }
    }

    private static String read(Store store, String name) throws IOException {
        return new String(store.read(name, 100), StandardCharsets.UTF_8);
    }
}
