package io.headrace.conformance.random;

import io.headrace.conformance.scenario.Item;
import io.headrace.conformance.scenario.PipelineText;
import io.headrace.conformance.scenario.ScriptLine;
import io.headrace.conformance.scenario.ScriptLine.Action;
import io.headrace.conformance.scenario.StepLine;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Draws what happens to a pipeline: splits that progress at different speeds, out of order, with
 * many equal times, a few keys of which some are frequent, watermarks, idle splits, records without
 * a key and records that are broken; in some scripts records that are late, in others none. In half
 * of them times are at the edges of most windows.
 */
final class RandomScript {
    /** Short enough to run with a checkpoint behind every line. */
    private static final int LINES_MAX = 60;

    private static final String[] NAMES = {"a", "b", "c", "d", "e"};

    private final SplittableRandom random;
    private final List<Split> running = new ArrayList<>();
    private final List<ScriptLine> script = new ArrayList<>();
    private final int disorder;
    private final boolean late;

    /** What most times are a multiple of, or one less; it divides most sizes of windows. */
    private final int grid;

    /** The highest watermark of all splits. */
    private long highest = Long.MIN_VALUE;

    private static final class Split {
        final String source;
        final int number;
        final boolean bounded;
        long time;
        long last;
        long max = Long.MIN_VALUE;
        long watermark = Long.MIN_VALUE;
        boolean idle;

        Split(StepLine source, int number, long time) {
            this.source = source.name();
            this.bounded = PipelineText.bounded(source);
            this.number = number;
            this.time = time;
            this.last = time;
        }

        boolean isActiveIn(String given) {
            return !idle && source.equals(given);
        }
    }

    RandomScript(SplittableRandom random, PipelineText pipeline) {
        this.random = random;
        this.disorder = random.nextInt(4) * random.nextInt(25);
        this.late = random.nextInt(3) > 0;
        this.grid = random.nextBoolean() ? 1 : 10;
        long start = random.nextInt(300) - 150;
        for (StepLine source : pipeline.of("source")) {
            for (int i = 0; i < PipelineText.splits(source); i++) {
                running.add(new Split(source, i, start + random.nextInt(30)));
            }
        }
    }

    List<ScriptLine> draw() {
        List<Split> all = List.copyOf(running);
        int lines = random.nextInt(10) == 0 ? 0 : 4 + random.nextInt(LINES_MAX - 3);
        while (script.size() < lines && !running.isEmpty()) {
            addLine();
        }
        for (Split split : all) {
            if (!running.contains(split)) {
                continue;
            }
            if (split.bounded) {
                script.add(ScriptLine.of(Action.END, split.source, split.number, 0));
            } else if (random.nextBoolean()) {
                addWatermark(split, split.time + 500);
            }
        }
        return script;
    }

    private void addLine() {
        Split split = running.get(random.nextInt(running.size()));
        int dice = random.nextInt(100);
        if (dice < 66) {
            addRecord(split);
        } else if (dice < 88) {
            addWatermark(split, mostLikely(split));
            if (random.nextInt(3) == 0) { // Time goes on for all.
                running.forEach(each -> addWatermark(each, mostLikely(each)));
            }
        } else if (dice < 94) {
            script.add(ScriptLine.of(Action.CLOCK, 20 + random.nextInt(120)));
        } else if (dice < 96) {
            wake(split);
            script.add(ScriptLine.of(Action.BROKEN, split.source, split.number, 0));
        } else if (dice < 98 && !split.bounded) {
            script.add(ScriptLine.of(Action.IDLE, split.source, split.number, 0));
            split.idle = true;
            if (running.stream().noneMatch(each -> each.isActiveIn(split.source))) {
                running.removeIf(each -> each.source.equals(split.source)); // Idle for good.
            }
        } else if (dice == 98) {
            split.time += 200;
        } else if (dice == 99 && split.bounded) {
            script.add(ScriptLine.of(Action.END, split.source, split.number, 0));
            running.remove(split);
        }
    }

    private void addRecord(Split split) {
        wake(split);
        split.time += random.nextInt(12);
        long time = split.time - (disorder == 0 ? 0 : random.nextInt(disorder + 1));
        if (random.nextInt(4) == 0) {
            time = split.last;
        } else if (late && random.nextInt(6) == 0) {
            time -= random.nextInt(150);
        }
        time = atEdge(time, 2);
        if (!late) {
            time = Math.max(time, split.watermark + 1);
        }
        split.last = time;
        split.max = Math.max(split.max, time);
        String name = NAMES[Math.min(random.nextInt(NAMES.length), random.nextInt(NAMES.length))];
        Item item = new Item(random.nextInt(20) == 0 ? null : name, random.nextInt(25) - 8);
        script.add(ScriptLine.record(split.source, split.number, time, item));
    }

    /** Returns a watermark that follows from the records so far, or one that is too high. */
    private long mostLikely(Split split) {
        long ahead = late && random.nextInt(3) == 0 ? random.nextInt(80) : 0;
        long known = split.max == Long.MIN_VALUE ? split.time : split.max;
        return atEdge(known - disorder + ahead, 4) - 1;
    }

    /** Returns an edge, or one time in so many the time before it. */
    private long atEdge(long time, int one) {
        long edge = Math.floorDiv(time, grid) * grid;
        return grid > 1 && random.nextInt(one) == 0 ? edge - 1 : edge;
    }

    /**
     * An idle split that goes on comes up to the others first: how far time goes while they wait
     * for it again depends on which splits a subtask has. See {@link Validity}.
     */
    private void wake(Split split) {
        if (split.idle) {
            addWatermark(split, highest);
        }
    }

    private void addWatermark(Split split, long wanted) {
        long watermark = split.idle ? Math.max(wanted, highest) : wanted;
        if (watermark > split.watermark) {
            split.watermark = watermark;
            split.idle = false;
            highest = Math.max(highest, watermark);
            script.add(ScriptLine.of(Action.WATERMARK, split.source, split.number, watermark));
        }
    }
}
