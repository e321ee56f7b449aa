package io.headrace.architecture.tidy;

import io.headrace.architecture.Finding;
import io.headrace.architecture.SourceTree;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The tables of a document name what users call: {@code `Type`} or {@code `Type.method`} in the
 * last cell is public. A cell that names nothing says so, or what holds without a call.
 */
final class ApiNameRules {
    private static final Pattern NAME = Pattern.compile("`(\\w+)(?:\\.(\\w+))?`");
    private static final Pattern SAID =
            Pattern.compile("(No|Not yet|always|by itself|on by default)\\b.*");
    private static final List<String> MODULES = List.of("api", "engine", "testkit");

    private final List<Class<?>> types;

    ApiNameRules(SourceTree tree) {
        this.types = types(tree);
    }

    /** Finds rows that name what is not there, or nothing without saying so. */
    List<Finding> check(String document, String text) {
        List<Finding> findings = new ArrayList<>();
        String[] lines = text.split("\\R");
        for (int line = 2; line < lines.length; line++) {
            boolean inTable = lines[line].startsWith("|") && lines[line - 1].startsWith("|");
            if (inTable && !lines[line].startsWith("|--")) {
                String[] cells = lines[line].split("\\|");
                check(document + ":" + (line + 1), cells[cells.length - 1].strip(), findings);
            }
        }
        return findings;
    }

    private void check(String place, String cell, List<Finding> findings) {
        Matcher name = NAME.matcher(cell);
        while (name.find()) {
            if (!exists(name.group(1), name.group(2))) {
                findings.add(
                        new Finding(
                                place,
                                "names " + name.group() + ", which no user can call",
                                "name what stands in its place now"));
            }
        }
        if (!NAME.matcher(cell).find() && !SAID.matcher(cell).matches()) {
            findings.add(
                    new Finding(
                            place,
                            "names nothing that users call",
                            "name it, or begin the cell with No, Not yet, or what holds without a"
                                    + " call: always, by itself, on by default"));
        }
    }

    private boolean exists(String type, String method) {
        return types.stream()
                .filter(each -> each.getSimpleName().equals(type))
                .anyMatch(each -> method == null || hasMethod(each, method));
    }

    private static boolean hasMethod(Class<?> type, String name) {
        return Arrays.stream(type.getMethods()).map(Method::getName).anyMatch(name::equals)
                || Arrays.stream(type.getDeclaredMethods())
                        .filter(method -> Modifier.isProtected(method.getModifiers()))
                        .anyMatch(method -> method.getName().equals(name));
    }

    private static List<Class<?>> types(SourceTree tree) {
        Deque<Class<?>> open = new ArrayDeque<>();
        for (String module : MODULES) {
            Path sources = tree.root().resolve(module).resolve("src/main/java");
            for (Path file : tree.files(module + "/src/main/java", ".java")) {
                String name = sources.relativize(file).toString().replaceAll("[/\\\\]", ".");
                if (!name.endsWith("package-info.java")) {
                    open.add(load(name.substring(0, name.length() - ".java".length())));
                }
            }
        }
        List<Class<?>> found = new ArrayList<>();
        while (!open.isEmpty()) {
            Class<?> type = open.remove();
            if (Modifier.isPublic(type.getModifiers())) {
                found.add(type);
                open.addAll(List.of(type.getDeclaredClasses()));
            }
        }
        return found;
    }

    private static Class<?> load(String name) {
        try {
            return Class.forName(name, false, ApiNameRules.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(
                    name + " is in the sources and not on the class path", e);
        }
    }
}
