package io.headrace.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headrace.kernel.checkpoint.Store;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FaultyStoreTest {
    @Test
    void aCrashKeepsWhatWasSyncedAndShowsEveryFateOfTheRest() throws IOException {
        Set<String> fates = new HashSet<>();
        for (int seed = 0; seed < 300; seed++) {
            FaultyStore store = new FaultyStore(seed);
            Store.FileOut out = store.create("a");
            out.write(new byte[] {1, 1}, 0, 2);
            out.sync();
            store.syncDirectory("");
            out.write(new byte[] {2, 2, 2, 2}, 0, 4);
            store.create("b");
            store.rename("a", "c");

            FaultyStore found = store.crash();

            String name = found.exists("a") ? "a" : "c";
            byte[] bytes = found.read(name, 100);
            assertThat(bytes).startsWith(1, 1);
            assertThat(found.exists("a")).as("one of both names").isNotEqualTo(found.exists("c"));
            fates.add(name);
            fates.add("b " + found.exists("b"));
            fates.add(fate(bytes));
        }
        assertThat(fates)
                .contains("a", "c", "b true", "b false", "kept", "shorter", "zeros", "spoiled");
    }

    private static String fate(byte[] bytes) {
        if (bytes.length < 6) {
            return "shorter";
        }
        long written =
                List.of(bytes[2], bytes[3], bytes[4], bytes[5]).stream()
                        .filter(each -> each == 2)
                        .count();
        long zero =
                List.of(bytes[2], bytes[3], bytes[4], bytes[5]).stream()
                        .filter(each -> each == 0)
                        .count();
        return written == 4 ? "kept" : zero == 4 ? "zeros" : "spoiled";
    }

    @Test
    void theSameSeedFailsTheSameWay() throws IOException {
        assertThat(filesAfterCrash(5)).isEqualTo(filesAfterCrash(5));
    }

    private static List<String> filesAfterCrash(long seed) throws IOException {
        FaultyStore store = new FaultyStore(seed);
        for (int i = 0; i < 40; i++) {
            store.create("f" + i);
        }
        return store.crash().files();
    }

    @Test
    void aKillLosesNothingButLocks() throws IOException {
        FaultyStore store = new FaultyStore(1);
        store.lock("lock", "first");
        store.counters("counters", 1).set(0, 5);
        store.create("a").write(new byte[] {1}, 0, 1);

        FaultyStore found = store.kill();

        found.lock("lock", "second").close();
        assertThat(found.counters("counters", 1).get(0)).isEqualTo(5);
        assertThat(found.read("a", 1)).containsExactly(1);
        assertThatThrownBy(() -> store.exists("a")).isInstanceOf(PowerLostException.class);
    }

    @Test
    void publicationNeverLosesAFileOfWhichBothDirectoriesWereSynced() throws IOException {
        for (int seed = 0; seed < 200; seed++) {
            FaultyStore store = new FaultyStore(seed);
            store.createDirectories("out");
            try (Store.FileOut out = store.create("pending")) {
                out.sync();
            }
            store.syncDirectory("");
            store.publish("pending", "out/final");

            FaultyStore found = store.crash();

            assertThat(found.exists("pending") || found.exists("out/final")).isTrue();
        }
    }

    @Test
    void runsOutOfDescriptorsForSomeFiles() throws IOException {
        FaultyStore store = new FaultyStore(1);
        store.refuseOpensAt(2, 1);

        store.create("a").close();
        assertThatThrownBy(() -> store.create("b")).hasMessage("b: Too many open files");
        store.create("b").close();
        store.refuseOpenAfterRenameAt(1);
        store.rename("a", "c");
        assertThatThrownBy(() -> store.open("c")).hasMessage("c: Too many open files");
        store.open("c").close();

        assertThat(store.refusedOpens()).isEqualTo(2);
    }

    @Test
    void givesFewerBytesThanItIsAskedForNowAndThen() throws IOException {
        FaultyStore store = new FaultyStore(1);
        store.create("a").write(new byte[1000], 0, 1000);

        int shortReads = 0;
        for (int i = 0; i < 100; i++) {
            try (InputStream in = store.open("a")) {
                shortReads += in.read(new byte[1000]) < 1000 ? 1 : 0;
            }
        }

        assertThat(shortReads).isBetween(1, 99);
        assertThat(store.read("a", 1000)).hasSize(1000);
    }
}
