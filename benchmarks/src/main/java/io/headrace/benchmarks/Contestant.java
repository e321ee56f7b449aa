package io.headrace.benchmarks;

import io.headrace.Job;
import io.headrace.Runner;

/** Something that answers queries. */
interface Contestant {
    /** Returns the name in reports. */
    String name();

    /** Returns how many subtasks or threads it uses. */
    int parallelism();

    /**
     * Answers a query.
     *
     * @param events how many records are read
     */
    Checksum answer(Query query, long events) throws InterruptedException;

    /** The loop that was written by hand, in the calling thread. */
    static Contestant loop() {
        return new Loop();
    }

    /**
     * A runner of pipelines.
     *
     * @param parallelism what the runner was set to
     */
    static Contestant pipelines(String name, int parallelism, Runner runner) {
        return new Pipelines(name, parallelism, runner);
    }

    /** See {@link #loop}. */
    record Loop() implements Contestant {
        @Override
        public String name() {
            return "loop";
        }

        @Override
        public int parallelism() {
            return 1;
        }

        @Override
        public Checksum answer(Query query, long events) {
            return query.loop(events);
        }
    }

    /** See {@link #pipelines}. */
    record Pipelines(String name, int parallelism, Runner runner) implements Contestant {
        @Override
        public Checksum answer(Query query, long events) throws InterruptedException {
            Query.Built built = query.pipeline(events, parallelism);
            try (Job job = runner.start(built.pipeline())) {
                job.await();
            }
            return built.sink().total(); // Complete only now: writers report when they are closed.
        }
    }
}
