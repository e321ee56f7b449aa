package io.headrace.architecture.tidy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.headrace.architecture.Finding;
import io.headrace.architecture.SourceTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A rule that cannot fail holds nothing: each one meets a file that breaks it. */
class TidyRulesCanFailTest {
    private static final String MAIN = "api/src/main/java/io/headrace/Sample.java";
    private static final String SIX = "int a, int b, int c, int d, int e, int f";

    @TempDir private Path root;

    @Test
    void acceptsATidyFile() throws IOException {
        assertThat(check("/** Says what it does. */\npublic record Sample(" + SIX + ") {}"))
                .isEmpty();
    }

    @Test
    void refusesNamesThatNobodyCanCall() {
        String table =
                """
                | what | Headrace |
                |---|---|
                | there | `KeyedStream.window` and `StepMetrics.late` |
                | not there | `KeyedStream.windows`, `Gone` |
                | nothing | something |
                | a gap | Not yet |
                """;

        assertThat(new ApiNameRules(SourceTree.ofThisBuild()).check("map.md", table))
                .extracting(Finding::where, Finding::what)
                .containsExactly(
                        tuple("map.md:4", "names `KeyedStream.windows`, which no user can call"),
                        tuple("map.md:4", "names `Gone`, which no user can call"),
                        tuple("map.md:5", "names nothing that users call"));
    }

    @Test
    void refusesALongFile() throws IOException {
        assertThat(check("class Sample {" + "\n".repeat(600) + "}"))
                .containsExactly(
                        MAIN
                                + ": 601 lines, at most 600; give one of its responsibilities a"
                                + " class of its own");
    }

    @Test
    void refusesALongLine() throws IOException {
        assertThat(check("// " + "x".repeat(98) + "\nclass Sample {}"))
                .singleElement()
                .asString()
                .startsWith(MAIN + ":1: 101 columns, at most 100; break the line");
    }

    @Test
    void acceptsALongImport() throws IOException {
        assertThat(check("import a." + "b".repeat(100) + ";\nclass Sample {}")).isEmpty();
    }

    @Test
    void refusesALongMethod() throws IOException {
        assertThat(check("class Sample {\n    void run() {" + "\n".repeat(60) + "    }\n}"))
                .containsExactly(
                        MAIN
                                + ":2: run has 61 lines, at most 60; keep the control flow here and"
                                + " give each step a method");
    }

    @ParameterizedTest
    @ValueSource(strings = {"void run(" + SIX + ") {}", "Sample(" + SIX + ") {}"})
    void refusesManyParameters(String method) throws IOException {
        assertThat(check("class Sample {\n    " + method + "\n}"))
                .singleElement()
                .asString()
                .startsWith(MAIN + ":2: ")
                .endsWith("takes 6 parameters, at most 5; pass a record that names them");
    }

    @Test
    void acceptsParametersThatOthersChose() throws IOException {
        assertThat(check("class Sample {\n    @Override\n    void run(" + SIX + ") {}\n}"))
                .isEmpty();
        assertThat(check("record Sample(" + SIX + ") {\n    Sample(" + SIX + ") {}\n}")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "RunnerImpl",
                "Util",
                "FileUtils",
                "JobHelper",
                "StateManager",
                "AbstractRunner",
                "BaseRunner",
                "RunnerBase"
            })
    void refusesNamesWithoutARole(String name) throws IOException {
        assertThat(check("class Sample {\n    enum " + name + " {}\n}"))
                .singleElement()
                .asString()
                .startsWith(MAIN + ":2: the name " + name + " says no role; name what it does");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Baseline", "Abstraction", "Database", "Implication"})
    void acceptsWordsThatOnlyLookAlike(String name) throws IOException {
        assertThat(check("class Sample {\n    interface " + name + " {}\n}")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"// TO" + "DO later", "/* FIX" + "ME: slow */"})
    void refusesNotesForLater(String comment) throws IOException {
        assertThat(check("class Sample {\n    " + comment + "\n}"))
                .containsExactly(
                        MAIN
                                + ":2: a note to do it later; do it now, or open an issue and take"
                                + " the note out");
    }

    @Test
    void refusesAPublicTypeWithoutJavadoc() throws IOException {
        assertThat(check("// Not Javadoc.\npublic interface Sample {}"))
                .singleElement()
                .asString()
                .startsWith(MAIN + ":2: public type Sample has no Javadoc; say what it promises");
    }

    @Test
    void refusesAModuleWithoutReadmeAndAPackageWithoutInfo() throws IOException {
        write(MAIN, "class Sample {}");

        assertThat(new ModuleRules(new SourceTree(root)).check("api"))
                .extracting(Finding::where)
                .containsExactly("api", "api/src/main/java/io/headrace");
    }

    @Test
    void acceptsAProgramThatEqualsItsRegion() throws IOException {
        String region = "    int a;\n\n        int b;\n\n";
        write(MAIN, "class Sample {\n    // tag::all[]\n" + region + "    // end::all[]\n}");

        assertThat(checkDocument(MAIN + "#all", "int a;\n\n    int b;")).isEmpty();
    }

    @Test
    void refusesAProgramThatDiffersFromItsRegion() throws IOException {
        write(MAIN, "class Sample {\n    // tag::all[]\n    int a;\n    // end::all[]\n}");

        assertThat(checkDocument(MAIN + "#all", "int b;"))
                .singleElement()
                .asString()
                .contains("differs from " + MAIN + "#all; make the block read:\nint a;");
        assertThat(checkDocument(MAIN + "#some", "int a;"))
                .singleElement()
                .asString()
                .contains(MAIN + " has no region some; put it between // tag::some[]");
        assertThat(checkDocument("api/src/Gone.java#all", "int a;"))
                .singleElement()
                .asString()
                .contains("names api/src/Gone.java, which is not there");
    }

    @Test
    void waitsForASourceThatComesLaterAndNoLonger() throws IOException {
        String text = "<!-- snippet later: " + MAIN + "#all -->\n```java\nint a;\n```\n";
        SnippetRules rules = new SnippetRules(new SourceTree(root));
        Path document = write("README.md", text);

        List<Finding> before = rules.check(document);
        write(MAIN, "class Sample {}");
        List<Finding> after = rules.check(document);

        assertThat(before).isEmpty();
        assertThat(after)
                .extracting(Finding::what)
                .containsExactly("says later, and " + MAIN + " is there");
    }

    @Test
    void refusesAProgramThatNamesNoSource() throws IOException {
        Path document = write("README.md", "```java\nint a;\n```\n");

        assertThat(new SnippetRules(new SourceTree(root)).checkNamed(document))
                .extracting(Finding::what)
                .containsExactly("a program that no test compiles");
    }

    @Test
    void refusesRowsWhoseTestsAreNotThere() throws IOException {
        write("pom.xml", "<modules><module>api</module></modules>");
        write("api/pom.xml", "<project/>");
        write("api/src/test/java/io/headrace/SampleTest.java", "class A { void holds() {} }");
        String head = "| what | test |\n|---|---|\n";
        Path document =
                write(
                        "docs/table.md",
                        head
                                + "| good | `SampleTest.holds` |\n"
                                + "| renamed | `SampleTest.held` |\n"
                                + "| elsewhere | `OtherTest.holds` |\n"
                                + "| none | |\n");

        assertThat(new TestNameRules(new SourceTree(root)).check(document))
                .extracting(Finding::what)
                .containsExactly(
                        "names the test `SampleTest.held`, which is not there",
                        "names the test `OtherTest.holds`, which is not there",
                        "a row without a test");
        assertThat(new TestNameRules(new SourceTree(root)).check(write("docs/none.md", "no\n")))
                .extracting(Finding::what)
                .containsExactly("has no table");
    }

    private List<String> check(String text) throws IOException {
        Path file = write(MAIN, text + "\n");
        return JavaSource.parse(new SourceTree(root), List.of(file)).stream()
                .flatMap(source -> FileRules.check(source).stream())
                .map(Finding::toString)
                .toList();
    }

    private List<String> checkDocument(String snippet, String code) throws IOException {
        String text = "Text.\n\n<!-- snippet: " + snippet + " -->\n```java\n" + code + "\n```\n";
        Path document = write("README.md", text);
        return new SnippetRules(new SourceTree(root))
                .check(document).stream().map(Finding::toString).toList();
    }

    private Path write(String name, String text) throws IOException {
        Path file = root.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }
}
