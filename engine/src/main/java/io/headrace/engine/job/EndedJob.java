package io.headrace.engine.job;

import io.headrace.Job;
import io.headrace.JobMetrics;
import java.nio.file.Path;
import java.time.Duration;

/** A job whose state says that it has finished: there is nothing to do. */
public record EndedJob(String name, JobMetrics metrics) implements Job {
    @Override
    public Status status() {
        return Status.FINISHED;
    }

    @Override
    public void await() {}

    @Override
    public boolean await(Duration timeout) {
        return true;
    }

    @Override
    public void stop() {}

    @Override
    public void cancel() {}

    @Override
    public Path savepoint(Path directory) {
        throw new IllegalStateException("job " + name + " has finished");
    }

    @Override
    public void close() {}
}
