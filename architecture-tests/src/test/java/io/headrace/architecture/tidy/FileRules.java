package io.headrace.architecture.tidy;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.Tree;
import io.headrace.architecture.Finding;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import javax.lang.model.element.Modifier;

/** The rules that look at one Java file. */
final class FileRules {
    /** What a reader holds in mind in one sitting. */
    static final int LINES_MAX = 600;

    /** What the formatter breaks at; two files fit side by side. */
    static final int COLUMNS_MAX = 100;

    /** Written in two parts, or this file would break the rule. */
    private static final Pattern LEFTOVER = Pattern.compile("\\b(TO" + "DO|FIX" + "ME)\\b");

    private FileRules() {}

    static List<Finding> check(JavaSource source) {
        List<Finding> findings = new ArrayList<>(checkLines(source));
        for (Tree type : source.unit().getTypeDecls()) {
            if (type instanceof ClassTree declared) {
                findings.addAll(checkJavadoc(source, declared));
            }
        }
        findings.addAll(DeclarationRules.check(source));
        return findings;
    }

    private static List<Finding> checkLines(JavaSource source) {
        List<Finding> findings = new ArrayList<>();
        int lineCount = source.lines().size();
        if (lineCount > LINES_MAX) {
            findings.add(
                    new Finding(
                            source.name(),
                            lineCount + " lines, at most " + LINES_MAX,
                            "give one of its responsibilities a class of its own"));
        }
        for (int i = 0; i < lineCount; i++) {
            String line = source.lines().get(i);
            String where = source.name() + ":" + (i + 1);
            if (line.length() > COLUMNS_MAX && !line.startsWith("import ")) {
                findings.add(
                        new Finding(
                                where,
                                line.length() + " columns, at most " + COLUMNS_MAX,
                                "break the line, or run ./mvnw spotless:apply"));
            }
            if (LEFTOVER.matcher(line).find()) {
                findings.add(
                        new Finding(
                                where,
                                "a note to do it later",
                                "do it now, or open an issue and take the note out"));
            }
        }
        return findings;
    }

    private static List<Finding> checkJavadoc(JavaSource source, ClassTree type) {
        boolean needed =
                source.isMain() && type.getModifiers().getFlags().contains(Modifier.PUBLIC);
        if (!needed || source.hasJavadoc(type)) {
            return List.of();
        }
        return List.of(
                new Finding(
                        source.at(type),
                        "public type " + type.getSimpleName() + " has no Javadoc",
                        "say what it promises: caller, thread, order, null, units, errors"));
    }
}
