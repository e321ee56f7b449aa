package io.headrace.architecture.tidy;

import io.headrace.architecture.Finding;
import io.headrace.architecture.SourceTree;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The rules that look at a whole module. */
final class ModuleRules {
    private final SourceTree tree;

    ModuleRules(SourceTree tree) {
        this.tree = tree;
    }

    List<Finding> check(String module) {
        List<Finding> findings = new ArrayList<>();
        if (!Files.isRegularFile(tree.root().resolve(module).resolve("README.md"))) {
            findings.add(
                    new Finding(
                            module,
                            "has no README.md",
                            "write one screen: what it is, how to run it, where to start reading,"
                                    + " what must hold, where its decisions stand"));
        }
        Set<Path> packages = new TreeSet<>();
        for (Path file : tree.files(module + "/src/main/java", ".java")) {
            packages.add(file.getParent());
        }
        for (Path directory : packages) {
            if (!Files.isRegularFile(directory.resolve("package-info.java"))) {
                findings.add(
                        new Finding(
                                tree.relative(directory),
                                "has no package-info.java",
                                "say its purpose, what it must not know, where to start"));
            }
        }
        return findings;
    }
}
