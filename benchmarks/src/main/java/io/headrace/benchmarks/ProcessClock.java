package io.headrace.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/** The time that this process takes. The one place of this module that reads real clocks. */
final class ProcessClock {
    private final OperatingSystemMXBean system =
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

    /** Returns the CPU time of all threads so far; on Linux it advances in steps of 10 ms. */
    long cpuNanos() {
        return system.getProcessCpuTime();
    }

    /** Returns a time that only differences mean something of. */
    long wallNanos() {
        return System.nanoTime();
    }
}
