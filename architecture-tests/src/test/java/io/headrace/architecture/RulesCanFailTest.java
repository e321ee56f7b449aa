package io.headrace.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A rule that cannot fail holds nothing: each one meets code that breaks it. */
class RulesCanFailTest {
    private static final String FIXTURE = "io.headrace.architecture.fixture.";
    private static final Codebase BAD =
            new Codebase(Map.of("api", classFiles("api"), "engine", classFiles("engine")));

    @Test
    void refusesAModuleThatIsNotDrawn() {
        assertThat(new Imports(BAD).notDrawn())
                .extracting(Finding::toString)
                .anySatisfy(
                        text ->
                                assertThat(text)
                                        .contains("api must not import " + FIXTURE + "engine.")
                                        .contains("of engine")
                                        .contains("move the code"));
    }

    @Test
    void refusesALibraryThatIsNotDrawn() {
        assertThat(new Imports(BAD).notDrawn())
                .extracting(Finding::what)
                .anySatisfy(
                        what -> assertThat(what).startsWith("api must not import org.assertj."));
    }

    @Test
    void refusesAPackageInTwoModules(@TempDir Path directory) throws IOException {
        Path first = Files.createDirectory(directory.resolve("first"));
        Path second = Files.createDirectory(directory.resolve("second"));
        Files.copy(classFiles("engine").resolve("Prints.class"), first.resolve("Prints.class"));
        Files.copy(
                classFiles("engine").resolve("StartsThreads.class"),
                second.resolve("StartsThreads.class"));

        List<Finding> findings =
                new Imports(new Codebase(Map.of("api", first, "engine", second))).splitPackages();

        assertThat(findings).hasSize(1);
        assertThat(findings.get(0).where()).isEqualTo(FIXTURE + "engine");
    }

    @Test
    void namesAModuleWithoutClasses(@TempDir Path directory) {
        Codebase codebase = new Codebase(Map.of("api", directory));

        assertThat(codebase.emptyModules(List.of("api"))).containsExactly("api");
    }

    @Test
    void refusesAPackageThatKnowsMore() {
        assertThat(failures(CallRules.knowsOnly(FIXTURE + "api", BAD.classesOf(Set.of("api")))))
                .anyMatch(line -> line.contains(FIXTURE + "engine."));
    }

    @Test
    void refusesACycleOfPackages() {
        assertThat(failures(CallRules.packagesAreFreeOfCycles())).hasSize(1);
    }

    @Test
    void refusesJavaDeserialization() {
        assertThat(failures(CallRules.nothingIsJavaDeserialized()))
                .anyMatch(line -> line.contains("ObjectInputStream"));
    }

    @Test
    void refusesPrinting() {
        assertThat(failures(CallRules.nothingIsPrinted())).hasSize(1);
    }

    @Test
    void refusesTheClockByCallAndByReference() {
        assertThat(failures(CallRules.theClockIsRead(Map.of())))
                .anyMatch(line -> line.contains("nanoTime"))
                .anyMatch(line -> line.contains("currentTimeMillis"));
    }

    @Test
    void refusesThreadsHoweverTheyAreMade() {
        assertThat(failures(CallRules.threadsAreStarted(Map.of())))
                .anyMatch(line -> line.contains("Thread.<init>"))
                .anyMatch(line -> line.contains("newCachedThreadPool"))
                .anyMatch(line -> line.contains("runAsync"));
    }

    @Test
    void refusesChanceAndTheOrderOfHashes() {
        assertThat(failures(CallRules.chanceDecides(Map.of())))
                .anyMatch(line -> line.contains("Random.<init>"))
                .anyMatch(line -> line.contains("ThreadLocalRandom.current"));
        assertThat(failures(CallRules.orderIsLeftOpen(Map.of())))
                .anyMatch(line -> line.contains("identityHashCode"))
                .anyMatch(line -> line.contains("HashMap.<init>"));
    }

    @Test
    void allowsANamedPlace() {
        Map<String, String> places = Map.of(FIXTURE + "engine.ReadsTheClock", "a test");

        assertThat(failures(CallRules.theClockIsRead(places))).isEmpty();
    }

    private static List<String> failures(ArchRule rule) {
        return rule.evaluate(BAD.classes()).getFailureReport().getDetails();
    }

    private static Path classFiles(String fixture) {
        try {
            Path root =
                    Path.of(
                            RulesCanFailTest.class
                                    .getProtectionDomain()
                                    .getCodeSource()
                                    .getLocation()
                                    .toURI());
            return root.resolve("io/headrace/architecture/fixture").resolve(fixture);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
