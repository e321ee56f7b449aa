package io.headrace.architecture;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The main classes of some modules, each class with the module it was compiled in. */
final class Codebase {
    private final JavaClasses classes;
    private final Map<String, String> moduleByClassName = new HashMap<>();

    /**
     * Reads class files.
     *
     * @param directories the directory of the class files, by module
     */
    Codebase(Map<String, Path> directories) {
        classes = new ClassFileImporter().importPaths(directories.values());
        for (Map.Entry<String, Path> module : directories.entrySet()) {
            String prefix = module.getValue().toUri().toString();
            for (JavaClass each : classes) {
                if (each.getSource().orElseThrow().getUri().toString().startsWith(prefix)) {
                    moduleByClassName.put(each.getName(), module.getKey());
                }
            }
        }
    }

    /** Reads what the build compiled just before these tests. */
    static Codebase of(SourceTree tree) {
        return new Codebase(
                tree.modulesWithMainCode().stream()
                        .collect(
                                Collectors.toMap(
                                        module -> module,
                                        module ->
                                                tree.root()
                                                        .resolve(module)
                                                        .resolve("target/classes"))));
    }

    JavaClasses classes() {
        return classes;
    }

    /** Returns the classes of these modules. */
    JavaClasses classesOf(Collection<String> modules) {
        return classes.that(
                DescribedPredicate.describe(
                        "belong to " + modules,
                        each -> moduleOf(each.getName()).filter(modules::contains).isPresent()));
    }

    /** Returns the module of a class, or nothing if it is not ours. */
    Optional<String> moduleOf(String className) {
        return Optional.ofNullable(moduleByClassName.get(className));
    }

    /** Returns the modules that were asked for but have no class. */
    List<String> emptyModules(Collection<String> modules) {
        return modules.stream().filter(each -> !moduleByClassName.containsValue(each)).toList();
    }
}
