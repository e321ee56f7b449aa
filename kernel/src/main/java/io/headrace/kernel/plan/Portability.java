package io.headrace.kernel.plan;

import io.headrace.graph.Graph;
import io.headrace.graph.Step;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.OutputStream;
import java.io.Serializable;
import java.lang.invoke.SerializedLambda;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds functions, sources and sinks that cannot be sent to another machine, because they or what
 * they hold cannot be serialized. Only tries to write them; nothing is ever read back.
 */
public final class Portability {
    private Portability() {}

    /** Returns one line per object that is not portable: its step and what stands in the way. */
    public static List<String> problems(Graph graph) {
        List<String> problems = new ArrayList<>();
        for (Step step : graph.steps()) {
            for (Object function : Functions.of(step)) {
                String problem = problem(function);
                if (problem != null) {
                    problems.add("step " + step.name() + ": " + problem);
                }
            }
        }
        return problems;
    }

    private static String problem(Object function) {
        String obstacle = obstacle(function);
        if (obstacle == null) {
            return null;
        }
        if (function.getClass().isSynthetic() && function instanceof Serializable) {
            SerializedLambda lambda = lambda((Serializable) function);
            for (int i = 0; lambda != null && i < lambda.getCapturedArgCount(); i++) {
                Object captured = lambda.getCapturedArg(i);
                if (obstacle(captured) != null) {
                    return "the lambda captures a "
                            + captured.getClass().getName()
                            + ", which cannot be serialized: capture its values instead";
                }
            }
        }
        String name = function.getClass().getName();
        return obstacle.equals(name)
                ? name + " cannot be serialized: let it implement Serializable"
                : name + " cannot be serialized, because of " + obstacle;
    }

    /** Returns what keeps a value from being written, most often the name of a class, or null. */
    private static String obstacle(Object value) {
        try (ObjectOutputStream out = new ObjectOutputStream(OutputStream.nullOutputStream())) {
            out.writeObject(value);
            return null;
        } catch (IOException notSerializable) {
            return notSerializable.getMessage();
        }
    }

    private static SerializedLambda lambda(Serializable function) {
        try {
            Method writeReplace = function.getClass().getDeclaredMethod("writeReplace");
            writeReplace.setAccessible(true);
            return (SerializedLambda) writeReplace.invoke(function);
        } catch (ReflectiveOperationException | RuntimeException unreadable) {
            return null; // Then only the class of the function can be named.
        }
    }
}
