package io.headrace;

/** Runs pipelines: in this process, or on a cluster. */
public interface Runner {
    /**
     * Starts a pipeline and returns at once. If the runner keeps state and there is some of this
     * pipeline, the job goes on from its newest checkpoint.
     *
     * @throws IllegalArgumentException if the pipeline cannot run here; names step and remedy
     * @throws StateRefusedException if there is state that does not belong to this pipeline, or
     *     that another process is using
     */
    Job start(Pipeline pipeline);
}
