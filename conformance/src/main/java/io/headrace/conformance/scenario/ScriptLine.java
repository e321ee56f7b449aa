package io.headrace.conformance.scenario;

import java.util.Locale;

/**
 * One thing that happens, for example {@code in/0 17 x 5}: split 0 of source {@code in} gives the
 * item {@code x 5} with timestamp 17.
 *
 * @param action what happens
 * @param source the source, or null if it happens to none
 * @param split the split, or null
 * @param number a timestamp, a watermark, by how many ms the clock moves, or a parallelism
 * @param item the record, or null
 */
public record ScriptLine(Action action, String source, String split, long number, Item item) {
    /** What can happen. */
    public enum Action {
        /** A record is read. */
        RECORD,
        /** Something is read that is no record. */
        BROKEN,
        /** The watermark of a split rises. */
        WATERMARK,
        /** A split becomes idle. */
        IDLE,
        /** A split ends. */
        END,
        /** The clock moves on. */
        CLOCK,
        /** A checkpoint is taken. */
        CHECKPOINT,
        /** The job is stopped, and goes on from its checkpoint at another parallelism. */
        RESTART
    }

    /** A record. */
    public static ScriptLine record(String source, int split, long timestamp, Item item) {
        return new ScriptLine(Action.RECORD, source, Integer.toString(split), timestamp, item);
    }

    /** Something that happens to a split. */
    public static ScriptLine of(Action action, String source, int split, long number) {
        return new ScriptLine(action, source, Integer.toString(split), number, null);
    }

    /** Something that happens to no split. */
    public static ScriptLine of(Action action, long number) {
        return new ScriptLine(action, null, null, number, null);
    }

    static ScriptLine parse(String line) {
        String[] words = line.trim().split("\\s+");
        int slash = words[0].indexOf('/');
        if (slash < 0) {
            Action action = Action.valueOf(words[0].toUpperCase(Locale.ROOT));
            return of(action, words.length > 1 ? Long.parseLong(words[1]) : 0);
        }
        String source = words[0].substring(0, slash);
        int split = Integer.parseInt(words[0].substring(slash + 1));
        return switch (words[1]) {
            case "broken" -> of(Action.BROKEN, source, split, 0);
            case "watermark" -> of(Action.WATERMARK, source, split, Long.parseLong(words[2]));
            case "idle" -> of(Action.IDLE, source, split, 0);
            case "end" -> of(Action.END, source, split, 0);
            default ->
                    record(source, split, Long.parseLong(words[1]), Item.parse(words[2], words[3]));
        };
    }

    @Override
    public String toString() {
        String name = action.name().toLowerCase(Locale.ROOT);
        String where = source + "/" + split + " ";
        return switch (action) {
            case RECORD -> where + number + " " + item;
            case WATERMARK -> where + name + " " + number;
            case BROKEN, IDLE, END -> where + name;
            case CLOCK, RESTART -> name + " " + number;
            case CHECKPOINT -> name;
        };
    }
}
