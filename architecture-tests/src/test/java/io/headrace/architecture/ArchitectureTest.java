package io.headrace.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private static final SourceTree TREE = SourceTree.ofThisBuild();
    private static final Codebase CODEBASE = Codebase.of(TREE);
    private static final List<String> CORE = List.of("kernel", "engine");
    private static final JavaClasses EMBEDDED = CODEBASE.classesOf(ImportRule.EMBEDDED);

    @Test
    void everyModuleImportsOnlyWhatTheLayoutDraws() {
        Finding.assertNone(new Imports(CODEBASE).notDrawn());
    }

    @Test
    void everyModuleIsDrawn() {
        List<Finding> findings = new ArrayList<>();
        for (String module : TREE.modulesWithMainCode()) {
            if (ImportRule.of(module).isEmpty()) {
                findings.add(
                        new Finding(
                                module, "not in the layout", "add its line to ImportRule.LAYOUT"));
            }
        }
        Finding.assertNone(findings);
    }

    @Test
    void everyModuleIsOnTheClassPathOfTheseTests() {
        String pom = SourceTree.read(TREE.root().resolve("architecture-tests/pom.xml"));
        List<Finding> findings = new ArrayList<>();
        for (String module : TREE.modulesWithMainCode()) {
            String artifact = "headrace-" + module.replace("connectors/", "connector-");
            if (!pom.contains("<artifactId>" + artifact + "</artifactId>")) {
                findings.add(
                        new Finding(
                                "architecture-tests/pom.xml",
                                "does not depend on " + artifact,
                                "add its line, so that it is compiled before these tests read it"));
            }
        }
        Finding.assertNone(findings);
    }

    @Test
    void everyModuleWasRead() {
        assertThat(CODEBASE.emptyModules(TREE.modulesWithMainCode()))
                .as("modules without class files; run with -am so that they are compiled first")
                .isEmpty();
    }

    @Test
    void everyPackageBelongsToOneModule() {
        Finding.assertNone(new Imports(CODEBASE).splitPackages());
    }

    @Test
    void theReferenceKnowsTheApiOnly() {
        CallRules.knowsOnly("io.headrace.conformance.reference", CODEBASE.classesOf(Set.of("api")))
                .check(CODEBASE.classes());
    }

    @Test
    void packagesAreFreeOfCycles() {
        CallRules.packagesAreFreeOfCycles().check(CODEBASE.classes());
    }

    @Test
    void nothingIsJavaDeserialized() {
        CallRules.nothingIsJavaDeserialized().check(CODEBASE.classes());
    }

    @Test
    void embeddedCodePrintsNothing() {
        CallRules.nothingIsPrinted().check(EMBEDDED);
    }

    @Test
    void embeddedCodeReadsTheClockInNamedPlacesOnly() {
        CallRules.theClockIsRead(NamedPlaces.CLOCK_READERS).check(EMBEDDED);
    }

    @Test
    void embeddedCodeStartsThreadsInNamedPlacesOnly() {
        CallRules.threadsAreStarted(NamedPlaces.THREAD_STARTERS).check(EMBEDDED);
    }

    @Test
    void embeddedCodeDrawsByChanceInNamedPlacesOnly() {
        CallRules.chanceDecides(NamedPlaces.CHANCE).check(EMBEDDED);
    }

    @Test
    void theCoreLeavesAnOrderOpenInNamedPlacesOnly() {
        CallRules.orderIsLeftOpen(NamedPlaces.UNORDERED).check(CODEBASE.classesOf(CORE));
    }

    @Test
    void everyNamedPlaceExistsInTheCore() {
        Set<String> gone =
                Stream.of(
                                NamedPlaces.CLOCK_READERS,
                                NamedPlaces.THREAD_STARTERS,
                                NamedPlaces.CHANCE,
                                NamedPlaces.UNORDERED)
                        .flatMap(places -> places.keySet().stream())
                        .filter(name -> CODEBASE.moduleOf(name).filter(CORE::contains).isEmpty())
                        .collect(Collectors.toCollection(TreeSet::new));

        assertThat(gone)
                .as("not classes of kernel or engine; take their lines out of NamedPlaces")
                .isEmpty();
    }
}
