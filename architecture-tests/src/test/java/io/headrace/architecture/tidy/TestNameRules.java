package io.headrace.architecture.tidy;

import io.headrace.architecture.Finding;
import io.headrace.architecture.SourceTree;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The tables of a document name the tests that hold their rows: {@code `SomeTest.someMethod`} in
 * the last cell, and both are there.
 */
final class TestNameRules {
    private static final Pattern NAME = Pattern.compile("`(\\w+)\\.(\\w+)`");

    private final SourceTree tree;

    TestNameRules(SourceTree tree) {
        this.tree = tree;
    }

    List<Finding> check(Path document) {
        List<Finding> findings = new ArrayList<>();
        String[] lines = SourceTree.read(document).split("\\R");
        int rows = 0;
        for (int line = 1; line < lines.length; line++) {
            boolean inTable = lines[line].startsWith("|") && lines[line - 1].startsWith("|");
            if (inTable && !lines[line].startsWith("|--")) {
                check(tree.relative(document) + ":" + (line + 1), lines[line], findings);
                rows++;
            }
        }
        if (rows == 0) {
            findings.add(new Finding(tree.relative(document), "has no table", "put its rows back"));
        }
        return findings;
    }

    private void check(String place, String row, List<Finding> findings) {
        String[] cells = row.split("\\|");
        Matcher name = NAME.matcher(cells[cells.length - 1]);
        boolean named = false;
        while (name.find()) {
            named = true;
            if (!exists(name.group(1), name.group(2))) {
                findings.add(
                        new Finding(
                                place,
                                "names the test " + name.group() + ", which is not there",
                                "name the test that holds this row now"));
            }
        }
        if (!named) {
            findings.add(
                    new Finding(
                            place,
                            "a row without a test",
                            "write one, and name it in the last cell as `SomeTest.someMethod`"));
        }
    }

    private boolean exists(String type, String method) {
        Pattern declared = Pattern.compile("void " + method + "\\(");
        return tree.modules().stream()
                .flatMap(module -> tree.files(module + "/src/test", "/" + type + ".java").stream())
                .anyMatch(file -> declared.matcher(SourceTree.read(file)).find());
    }
}
