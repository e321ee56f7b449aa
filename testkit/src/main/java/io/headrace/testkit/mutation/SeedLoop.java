package io.headrace.testkit.mutation;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;

/**
 * Runs a suite seed by seed until the first failure, in a process of its own whose class path
 * begins with the changed classes. Prints one line: the number of seeds it took, and why; or 0.
 */
final class SeedLoop {
    private SeedLoop() {}

    /** Takes the class of the suite, the first seed and the most seeds. */
    public static void main(String[] arguments) throws ReflectiveOperationException {
        Method run = Class.forName(arguments[0]).getMethod("run", long.class);
        long first = Long.parseLong(arguments[1]);
        int limit = Integer.parseInt(arguments[2]);
        for (int i = 0; i < limit; i++) {
            try {
                run.invoke(null, first + i);
            } catch (InvocationTargetException failed) {
                String why = String.valueOf(failed.getCause().getMessage());
                System.out.println(1 + i + " " + why.lines().findFirst().orElse(""));
                return;
            }
        }
        System.out.println(0);
    }
}
