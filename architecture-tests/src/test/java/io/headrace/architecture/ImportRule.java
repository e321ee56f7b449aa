package io.headrace.architecture;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What the main code of one module may import besides itself and {@code java.*}, {@code javax.*}.
 *
 * @param directory the module, by its directory below the root
 * @param modules the directories of the modules it may import
 * @param libraries the packages of the libraries it may import, each with all below it
 * @param anyLibrary true if the libraries of this module are its own affair
 */
record ImportRule(
        String directory, Set<String> modules, Set<String> libraries, boolean anyLibrary) {

    /** The modules whose code runs inside a user's process; they get clock and threads given. */
    static final Set<String> EMBEDDED =
            Set.of("api", "kernel", "engine", "formats", "connectors/files");

    /** The whole layout, drawn once: what is not here is forbidden. One line per module. */
    static final List<ImportRule> LAYOUT =
            List.of(
                    closed("api", Set.of(), Set.of()),
                    closed("kernel", Set.of("api"), Set.of("org.objectweb.asm", "org.slf4j")),
                    closed("engine", Set.of("kernel", "api"), Set.of("org.slf4j")),
                    closed(
                            "formats",
                            Set.of("api"),
                            Set.of("de.siegmar.fastcsv", "tools.jackson.core")),
                    closed("connectors/files", Set.of("api", "formats"), Set.of()),
                    closed("flink", Set.of("kernel", "api"), Set.of("org.apache.flink")),
                    closed("cli", EMBEDDED, Set.of("org.slf4j", "picocli")),
                    closed("testkit", Set.of("engine", "kernel", "api"), Set.of()),
                    closed("conformance", Set.of("testkit", "api"), Set.of()),
                    leaf("examples"),
                    leaf("benchmarks"));

    private static final Map<String, ImportRule> BY_DIRECTORY =
            LAYOUT.stream().collect(Collectors.toMap(ImportRule::directory, Function.identity()));

    /** Returns the rule of a module, or nothing if the layout does not draw it. */
    static Optional<ImportRule> of(String directory) {
        return Optional.ofNullable(BY_DIRECTORY.get(directory));
    }

    private static ImportRule closed(String directory, Set<String> modules, Set<String> libraries) {
        return new ImportRule(directory, modules, libraries, false);
    }

    /** A module that may import anything, and that nobody imports. */
    private static ImportRule leaf(String directory) {
        Set<String> others = new HashSet<>(EMBEDDED);
        others.addAll(Set.of("cli", "testkit"));
        return new ImportRule(directory, Set.copyOf(others), Set.of(), true);
    }

    boolean allowsModule(String imported) {
        return imported.equals(directory) || modules.contains(imported);
    }

    boolean allowsLibrary(String packageName) {
        return anyLibrary
                || isBelow(packageName, "java")
                || isBelow(packageName, "javax")
                || libraries.stream().anyMatch(library -> isBelow(packageName, library));
    }

    private static boolean isBelow(String packageName, String ancestor) {
        return packageName.equals(ancestor) || packageName.startsWith(ancestor + ".");
    }
}
