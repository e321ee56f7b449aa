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
 * Finds functions that cannot be sent to another machine, because they or what they captured cannot
 * be serialized. Only tries to write them; nothing is ever read back.
 */
public final class Portability {
    private Portability() {}

    /** Returns one line per function that is not portable: its step and what stands in the way. */
    public static List<String> problems(Graph graph) {
        List<String> problems = new ArrayList<>();
        for (Step step : graph.steps()) {
            for (Object function : functions(step)) {
                String problem = problem(function);
                if (problem != null) {
                    problems.add("step " + step.name() + ": " + problem);
                }
            }
        }
        return problems;
    }

    private static List<Object> functions(Step step) {
        List<Object> functions = new ArrayList<>();
        if (step instanceof Step.Map map) {
            functions.add(map.function());
        } else if (step instanceof Step.MapWithKey map) {
            functions.add(map.function());
        } else if (step instanceof Step.Filter filter) {
            functions.add(filter.condition());
        } else if (step instanceof Step.FlatMap flatMap) {
            functions.add(flatMap.function());
        } else if (step instanceof Step.KeyBy keyBy) {
            functions.add(keyBy.selector());
        } else if (step instanceof Step.ForEach forEach) {
            functions.add(forEach.action());
        } else if (step instanceof Step.Window window) {
            functions.add(window.aggregator());
            if (window.function() != null) {
                functions.add(window.function());
            }
        } else if (step instanceof Step.LookBack lookBack) {
            functions.add(lookBack.aggregator());
            functions.add(lookBack.function());
        }
        return functions;
    }

    private static String problem(Object function) {
        if (serializes(function)) {
            return null;
        }
        if (function.getClass().isSynthetic()) {
            SerializedLambda lambda = lambda((Serializable) function);
            for (int i = 0; lambda != null && i < lambda.getCapturedArgCount(); i++) {
                Object captured = lambda.getCapturedArg(i);
                if (!serializes(captured)) {
                    return "the lambda captures a "
                            + captured.getClass().getName()
                            + ", which cannot be serialized: capture its values instead";
                }
            }
        }
        return function.getClass().getName()
                + " cannot be serialized: remove the field that cannot";
    }

    private static boolean serializes(Object value) {
        try (ObjectOutputStream out = new ObjectOutputStream(OutputStream.nullOutputStream())) {
            out.writeObject(value);
            return true;
        } catch (IOException notSerializable) {
            return false;
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
