package io.headrace.architecture.tidy;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.TreePathScanner;
import io.headrace.architecture.Finding;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Names of types, and sizes of methods, at any depth of a file. */
final class DeclarationRules extends TreePathScanner<Void, List<Finding>> {
    /** One screen: a method that is seen whole is understood whole. */
    static final int METHOD_LINES_MAX = 60;

    /** More arguments than this are mixed up at the call. */
    static final int PARAMETERS_MAX = 5;

    private static final Pattern EMPTY_NAME =
            Pattern.compile(
                    ".*(Impl|Util|Utils|Helper|Helpers|Manager|Base)|(Abstract|Base)[A-Z].*");

    private final JavaSource source;

    private DeclarationRules(JavaSource source) {
        this.source = source;
    }

    static List<Finding> check(JavaSource source) {
        List<Finding> findings = new ArrayList<>();
        new DeclarationRules(source).scan(source.unit(), findings);
        return findings;
    }

    @Override
    public Void visitClass(ClassTree type, List<Finding> findings) {
        String name = type.getSimpleName().toString();
        if (EMPTY_NAME.matcher(name).matches()) {
            findings.add(
                    new Finding(
                            source.at(type),
                            "the name " + name + " says no role",
                            "name what it does or is; a function lives with its noun"));
        }
        return super.visitClass(type, findings);
    }

    @Override
    public Void visitMethod(MethodTree method, List<Finding> findings) {
        long lineCount = source.lineCount(method);
        if (lineCount > METHOD_LINES_MAX) {
            findings.add(
                    new Finding(
                            source.at(method),
                            method.getName()
                                    + " has "
                                    + lineCount
                                    + " lines, at most "
                                    + METHOD_LINES_MAX,
                            "keep the control flow here and give each step a method"));
        }
        int parameterCount = method.getParameters().size();
        if (parameterCount > PARAMETERS_MAX && !isGiven(method)) {
            findings.add(
                    new Finding(
                            source.at(method),
                            method.getName()
                                    + " takes "
                                    + parameterCount
                                    + " parameters, at most "
                                    + PARAMETERS_MAX,
                            "pass a record that names them"));
        }
        return super.visitMethod(method, findings);
    }

    /** Tells whether somebody else chose the parameters: a record's header, or a supertype. */
    private boolean isGiven(MethodTree method) {
        Tree owner = getCurrentPath().getParentPath().getLeaf();
        boolean ofRecord =
                owner.getKind() == Tree.Kind.RECORD && method.getName().contentEquals("<init>");
        return ofRecord
                || method.getModifiers().getAnnotations().stream()
                        .anyMatch(each -> each.getAnnotationType().toString().equals("Override"));
    }
}
