package io.headrace.engine.tasklet;

/** What a subtask tells the coordinator. */
public sealed interface Event {
    /** It has nothing to read and would take a split. */
    record SplitWanted() implements Event {}

    /** Its part of a checkpoint is complete. */
    record Acknowledged(SubtaskSnapshot snapshot) implements Event {}

    /** All its input has ended and everything was emitted. It still takes part in checkpoints. */
    record Ended() implements Event {}
}
