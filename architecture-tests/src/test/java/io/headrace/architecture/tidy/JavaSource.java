package io.headrace.architecture.tidy;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.LineMap;
import com.sun.source.tree.Tree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import io.headrace.architecture.SourceTree;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * One parsed Java file.
 *
 * @param name the path relative to the root of the checkout, with {@code /}
 * @param lines the text
 * @param unit the syntax tree
 * @param trees finds positions and comments in the tree
 */
record JavaSource(String name, List<String> lines, CompilationUnitTree unit, DocTrees trees) {
    /** Parses files; nothing is resolved, so files that do not compile together are fine. */
    static List<JavaSource> parse(SourceTree tree, List<Path> files) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        List<JavaSource> sources = new ArrayList<>();
        try (StandardJavaFileManager manager =
                compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
            JavacTask task =
                    (JavacTask)
                            compiler.getTask(
                                    null,
                                    manager,
                                    diagnostic -> {},
                                    List.of("-proc:none"),
                                    null,
                                    manager.getJavaFileObjectsFromPaths(files));
            DocTrees trees = DocTrees.instance(task);
            for (CompilationUnitTree unit : task.parse()) {
                Path file = Path.of(unit.getSourceFile().toUri());
                List<String> lines = SourceTree.read(file).lines().toList();
                sources.add(new JavaSource(tree.relative(file), lines, unit, trees));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return sources;
    }

    boolean isMain() {
        return name.contains("src/main/java/");
    }

    /** Returns where a part of the tree begins, as {@code file:line}. */
    String at(Tree part) {
        return name + ":" + firstLine(part);
    }

    /** Returns how many lines a part of the tree takes, without the comment in front of it. */
    long lineCount(Tree part) {
        LineMap map = unit.getLineMap();
        long end = trees.getSourcePositions().getEndPosition(unit, part);
        return map.getLineNumber(end) - firstLine(part) + 1;
    }

    /** Returns true if the part has a Javadoc comment with a word in it. */
    boolean hasJavadoc(Tree part) {
        String comment = trees.getDocComment(TreePath.getPath(unit, part));
        return comment != null && !comment.isBlank();
    }

    private long firstLine(Tree part) {
        return unit.getLineMap()
                .getLineNumber(trees.getSourcePositions().getStartPosition(unit, part));
    }
}
