package io.headrace.architecture.tidy;

import io.headrace.architecture.Finding;
import io.headrace.architecture.SourceTree;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The programs in documents are regions of files that are compiled.
 *
 * <p>In a document, a comment in front of the block names file and region:
 *
 * <pre>{@code
 * <!-- snippet: examples/src/main/java/io/headrace/examples/Small.java#readme -->
 * }</pre>
 *
 * <p>In that file, the lines between {@code // tag::readme[]} and {@code // end::readme[]} are the
 * block, moved to the left margin. A block that is shown before it can be compiled says {@code
 * snippet later:}, until its file is there.
 */
final class SnippetRules {
    private static final Pattern BLOCK =
            Pattern.compile(
                    "(?:<!-- snippet(?<later> later)?: (?<file>\\S+)#(?<tag>\\w+) -->\\s*\\n)?"
                            + "```java\\n"
                            + "(?<code>.*?)\\n```",
                    Pattern.DOTALL);

    private final SourceTree tree;

    SnippetRules(SourceTree tree) {
        this.tree = tree;
    }

    /** Compares every block that names its source. */
    List<Finding> check(Path document) {
        List<Finding> findings = new ArrayList<>();
        Matcher block = BLOCK.matcher(SourceTree.read(document));
        while (block.find()) {
            if (block.group("file") != null) {
                check(tree.relative(document), block).ifPresent(findings::add);
            }
        }
        return findings;
    }

    /** Finds the blocks that do not name their source. */
    List<Finding> checkNamed(Path document) {
        List<Finding> findings = new ArrayList<>();
        Matcher block = BLOCK.matcher(SourceTree.read(document));
        while (block.find()) {
            if (block.group("file") == null) {
                findings.add(
                        new Finding(
                                tree.relative(document),
                                "a program that no test compiles",
                                "put it into a source file and name that in front of the block:"
                                        + " <!-- snippet: path/File.java#tag -->"));
            }
        }
        return findings;
    }

    private Optional<Finding> check(String document, Matcher block) {
        String name = block.group("file");
        Path file = tree.root().resolve(name);
        if (block.group("later") != null) {
            return checkLater(document, file);
        }
        String tag = block.group("tag");
        if (!Files.isRegularFile(file)) {
            return Optional.of(
                    new Finding(document, "names " + name + ", which is not there", "correct it"));
        }
        Optional<String> region = region(SourceTree.read(file), tag);
        if (region.isEmpty()) {
            return Optional.of(
                    new Finding(
                            document,
                            name + " has no region " + tag,
                            "put it between // tag::" + tag + "[] and // end::" + tag + "[]"));
        }
        if (!region.get().equals(block.group("code"))) {
            return Optional.of(
                    new Finding(
                            document,
                            "the program differs from " + name + "#" + tag,
                            "make the block read:\n" + region.get()));
        }
        return Optional.empty();
    }

    private Optional<Finding> checkLater(String document, Path file) {
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        return Optional.of(
                new Finding(
                        document,
                        "says later, and " + tree.relative(file) + " is there",
                        "take the word later out in front of the block"));
    }

    private static Optional<String> region(String text, String tag) {
        Matcher region =
                Pattern.compile(
                                "// tag::" + tag + "\\[\\]\\n(.*?)\\n *// end::" + tag + "\\[\\]",
                                Pattern.DOTALL)
                        .matcher(text.replace("\r\n", "\n"));
        return region.find()
                ? Optional.of(region.group(1).stripTrailing().stripIndent())
                : Optional.empty();
    }
}
