package io.headrace.architecture;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** Compares who imports whom with {@link ImportRule#LAYOUT}. */
final class Imports {
    private final Codebase codebase;

    Imports(Codebase codebase) {
        this.codebase = codebase;
    }

    /** Returns the dependencies that the layout does not draw. */
    List<Finding> notDrawn() {
        List<Finding> findings = new ArrayList<>();
        for (JavaClass each : codebase.classes()) {
            String module = codebase.moduleOf(each.getName()).orElseThrow();
            ImportRule.of(module).ifPresent(rule -> findings.addAll(notDrawn(each, rule)));
        }
        return findings;
    }

    private List<Finding> notDrawn(JavaClass origin, ImportRule rule) {
        Map<String, Finding> findings = new LinkedHashMap<>();
        for (Dependency dependency : origin.getDirectDependenciesFromSelf()) {
            JavaClass target = dependency.getTargetClass().getBaseComponentType();
            Optional<String> module = codebase.moduleOf(target.getName());
            boolean allowed =
                    target.isPrimitive()
                            || module.map(rule::allowsModule)
                                    .orElseGet(() -> rule.allowsLibrary(target.getPackageName()));
            if (!allowed) {
                findings.putIfAbsent(target.getName(), finding(origin, rule, target, module));
            }
        }
        return List.copyOf(findings.values());
    }

    private static Finding finding(
            JavaClass origin, ImportRule rule, JavaClass target, Optional<String> module) {
        return new Finding(
                origin.getName(),
                rule.directory()
                        + " must not import "
                        + target.getName()
                        + module.map(name -> " of " + name).orElse(""),
                "it may import "
                        + (rule.modules().isEmpty() ? "no module" : new TreeSet<>(rule.modules()))
                        + " and "
                        + (rule.libraries().isEmpty() ? "no library" : rule.libraries())
                        + ": move the code, pass the value in, or argue for a change of"
                        + " ImportRule.LAYOUT and ARCHITECTURE.md");
    }

    /** Returns the packages that more than one module fills. */
    List<Finding> splitPackages() {
        Map<String, String> moduleByPackage = new LinkedHashMap<>();
        Map<String, Finding> findings = new LinkedHashMap<>();
        for (JavaClass each : codebase.classes()) {
            String module = codebase.moduleOf(each.getName()).orElseThrow();
            String first = moduleByPackage.putIfAbsent(each.getPackageName(), module);
            if (first != null && !first.equals(module)) {
                findings.put(
                        each.getPackageName(),
                        new Finding(
                                each.getPackageName(),
                                "both " + first + " and " + module + " have classes in it",
                                "a package belongs to one module: rename one of them"));
            }
        }
        return List.copyOf(findings.values());
    }
}
