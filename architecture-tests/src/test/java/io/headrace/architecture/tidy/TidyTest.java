package io.headrace.architecture.tidy;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.architecture.Finding;
import io.headrace.architecture.SourceTree;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TidyTest {
    private static final SourceTree TREE = SourceTree.ofThisBuild();

    @Test
    void everyJavaFileKeepsTheRules() {
        List<JavaSource> sources = JavaSource.parse(TREE, javaFiles());

        List<Finding> findings = new ArrayList<>();
        for (JavaSource source : sources) {
            findings.addAll(FileRules.check(source));
        }

        assertThat(sources).as("files found below " + TREE.root()).isNotEmpty();
        Finding.assertNone(findings);
    }

    @Test
    void everyModuleExplainsItself() {
        ModuleRules rules = new ModuleRules(TREE);

        List<Finding> findings = new ArrayList<>();
        for (String module : TREE.modules()) {
            findings.addAll(rules.check(module));
        }

        Finding.assertNone(findings);
    }

    @Test
    void everyProgramInADocumentIsCompiled() {
        SnippetRules rules = new SnippetRules(TREE);

        List<Finding> findings = new ArrayList<>(rules.checkNamed(readme()));
        for (Path document : documents()) {
            findings.addAll(rules.check(document));
        }

        Finding.assertNone(findings);
    }

    @Test
    void everyErrorInTheReferenceHasItsTest() {
        Path errors = TREE.root().resolve("docs/reference/errors.md");

        Finding.assertNone(new TestNameRules(TREE).check(errors));
    }

    @Test
    void everyNameInTheFeatureMapIsPublic() {
        String map = "docs/reference/feature-map.md";

        Finding.assertNone(
                new ApiNameRules(TREE).check(map, SourceTree.read(TREE.root().resolve(map))));
    }

    private static Path readme() {
        return TREE.root().resolve("README.md");
    }

    private static List<Path> javaFiles() {
        List<Path> files = new ArrayList<>();
        for (String module : TREE.modules()) {
            files.addAll(TREE.files(module + "/src", ".java"));
        }
        return files;
    }

    private static List<Path> documents() {
        List<Path> documents = new ArrayList<>(List.of(readme()));
        documents.addAll(TREE.files("docs", ".md"));
        for (String module : TREE.modules()) {
            documents.addAll(TREE.files(module + "/src", ".md"));
            documents.add(TREE.root().resolve(module).resolve("README.md"));
        }
        return documents.stream().filter(Files::isRegularFile).toList();
    }
}
