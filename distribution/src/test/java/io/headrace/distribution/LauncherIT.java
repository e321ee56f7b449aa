package io.headrace.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.distribution.Checkout.Ended;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Starts {@code headrace} in a small checkout whose path has a blank in it. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "headrace.cmd is another script")
class LauncherIT {
    @TempDir private Path directory;
    private Checkout checkout;

    @BeforeEach
    void createCheckout() throws IOException {
        checkout = new Checkout(directory.resolve("a checkout"));
        checkout.age();
    }

    @Test
    void buildsAtTheFirstStartOnly() throws Exception {
        Ended first = checkout.start();
        Ended second = checkout.start();

        assertThat(checkout.builds()).isEqualTo(1);
        assertThat(first.err()).isEqualToIgnoringNewLines(buildLine());
        assertThat(second.err()).isEmpty();
    }

    @Test
    void passesArgumentsOutputAndExitCodeThrough() throws Exception {
        Ended ended = checkout.start("two  blanks", "", "*");

        assertThat(ended.out()).isEqualTo("two  blanks\n\n*\n");
        assertThat(ended.exitCode()).isEqualTo(3);
    }

    @Test
    void startsThroughLinksFromAnyDirectory() throws Exception {
        Path link = directory.resolve("absolute");
        Files.createSymbolicLink(link, checkout.launcher());
        Path linkToLink = directory.resolve("relative");
        Files.createSymbolicLink(linkToLink, Path.of("absolute"));

        Ended ended = checkout.await(checkout.begin(linkToLink, Map.of(), "--help"));

        assertThat(ended.out()).isEqualTo("--help\n");
    }

    @Test
    void givesItsOptionsToTheJvm() throws Exception {
        Map<String, String> options = Map.of("HEADRACE_OPTS", "-Xmx64m -showversion:stays");

        Ended ended = checkout.await(checkout.begin(checkout.launcher(), options));

        assertThat(ended.exitCode()).isEqualTo(1);
        assertThat(ended.err()).contains("-showversion:stays");
    }

    @Test
    void buildsAgainWhenASourceIsNewer() throws Exception {
        checkout.start();
        Files.setLastModifiedTime(checkout.source(), FileTime.fromMillis(Long.MAX_VALUE / 1_000));

        Ended ended = checkout.start();

        assertThat(checkout.builds()).isEqualTo(2);
        assertThat(ended.err()).contains("building, because a source has changed");
    }

    @Test
    void buildsAgainWhenASourceIsGone() throws Exception {
        Path other = Files.createFile(checkout.source().resolveSibling("Other.java"));
        checkout.age();
        checkout.start();
        Files.delete(other);
        Path parent = checkout.source().getParent();
        Files.setLastModifiedTime(parent, FileTime.fromMillis(Long.MAX_VALUE / 1_000));

        checkout.start();

        assertThat(checkout.builds()).isEqualTo(2);
    }

    @Test
    void showsTheEndOfTheLogOfABuildThatFails() throws Exception {
        checkout.breakBuild();

        Ended ended = checkout.start();

        assertThat(ended.exitCode()).isEqualTo(1);
        assertThat(ended.out()).isEmpty();
        assertThat(ended.err())
                .contains("the log of the build")
                .contains("headrace: the build failed; its whole log is ")
                .contains("build.log");
        assertThat(checkout.lock()).doesNotExist();
    }

    @Test
    void buildsOnceForStartsAtTheSameTime() throws Exception {
        List<Process> processes = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            processes.add(checkout.begin(checkout.launcher(), Map.of(), "started"));
        }

        for (Process each : processes) {
            assertThat(checkout.await(each).out()).isEqualTo("started\n");
        }
        assertThat(checkout.builds()).isEqualTo(1);
        assertThat(checkout.lock()).doesNotExist();
    }

    @Test
    void takesOverTheLockOfAProcessThatIsGone() throws Exception {
        Process gone = new ProcessBuilder(javaHome() + "/bin/java", "-version").start();
        gone.waitFor();
        Files.createDirectories(checkout.lock());
        Files.writeString(checkout.lock().resolve("pid"), gone.pid() + "\n");

        Ended ended = checkout.start("started");

        assertThat(ended.out()).isEqualTo("started\n");
        assertThat(checkout.builds()).isEqualTo(1);
    }

    @Test
    void namesTheRemedyWhenJavaIsMissing() throws Exception {
        Map<String, String> nothing = Map.of("JAVA_HOME", "", "PATH", directory.toString());

        Ended ended = checkout.await(checkout.begin(checkout.launcher(), nothing));

        assertThat(ended.exitCode()).isEqualTo(1);
        assertThat(ended.err())
                .startsWith("headrace: no Java found; install a JDK 17 or newer")
                .contains("or set JAVA_HOME");
    }

    @Test
    void namesTheRemedyWhenJavaIsOld() throws Exception {
        Path java = Files.createDirectories(directory.resolve("old/bin")).resolve("java");
        Files.createFile(java);
        assertThat(java.toFile().setExecutable(true)).isTrue();
        Files.writeString(directory.resolve("old/release"), "JAVA_VERSION=\"11.0.2\"\n");
        Map<String, String> old = Map.of("JAVA_HOME", directory.resolve("old").toString());

        Ended ended = checkout.await(checkout.begin(checkout.launcher(), old));

        assertThat(ended.exitCode()).isEqualTo(1);
        assertThat(ended.err())
                .contains("is Java 11.0.2; install a JDK 17 or newer")
                .contains("set JAVA_HOME to it");
    }

    @Test
    void namesTheRemedyWhenJavaHomeHasNoJava() throws Exception {
        Map<String, String> wrong = Map.of("JAVA_HOME", directory.toString());

        Ended ended = checkout.await(checkout.begin(checkout.launcher(), wrong));

        assertThat(ended.exitCode()).isEqualTo(1);
        assertThat(ended.err())
                .isEqualToIgnoringNewLines(
                        "headrace: JAVA_HOME="
                                + directory
                                + " has no bin/java; set it to a JDK 17 or newer, or unset it");
    }

    private static String javaHome() {
        return System.getProperty("java.home");
    }

    private static String buildLine() {
        return "headrace: building; the first time takes a minute or more, later starts do not"
                + " build";
    }
}
