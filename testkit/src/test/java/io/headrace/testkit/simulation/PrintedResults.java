package io.headrace.testkit.simulation;

import java.util.List;
import java.util.stream.LongStream;

/** Runs some schedules and prints what they were like, to compare it with another process. */
final class PrintedResults {
    private static final int SCHEDULES = 60;

    private PrintedResults() {}

    static List<String> lines() {
        return LongStream.rangeClosed(1, SCHEDULES)
                .mapToObj(seed -> seed + " " + Simulation.run(seed))
                .toList();
    }

    /** Takes no arguments. */
    public static void main(String[] arguments) {
        lines().forEach(System.out::println);
    }
}
