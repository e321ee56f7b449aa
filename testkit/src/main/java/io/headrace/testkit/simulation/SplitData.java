package io.headrace.testkit.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * The records of one split.
 *
 * @param id unique in the simulation
 * @param number unique in the simulation
 * @param items null is input that is no record
 */
record SplitData(String id, int number, List<Measurement> items) {
    /**
     * What a generator follows.
     *
     * @param spread times of different splits differ by their remainder; 1 lets them be the same,
     *     and then records of one time have one amount, so that their order does not matter
     * @param boundMillis how much earlier than the highest time so far a record may be
     * @param recordsMax the most records per split
     * @param keys how many keys there are
     */
    record Shape(int spread, long boundMillis, int recordsMax, int keys) {}

    static SplitData generate(int number, Shape shape, SplittableRandom random) {
        int size = random.nextInt(shape.recordsMax() + 1);
        long disorder = shape.boundMillis() / shape.spread();
        List<Measurement> items = new ArrayList<>(size);
        long time = random.nextInt(200);
        for (int i = 0; i < size; i++) {
            time += random.nextInt(3) == 0 ? 0 : random.nextInt(8);
            if (random.nextInt(100) == 0) {
                items.add(null);
                continue;
            }
            long back = random.nextInt(3) == 0 ? random.nextLong(disorder + 1) : 0;
            boolean tied = shape.spread() == 1;
            long at = Math.max(0, time - back) * shape.spread() + (tied ? 0 : number);
            items.add(
                    new Measurement(
                            random.nextInt(60) == 0 ? null : "k" + random.nextInt(shape.keys()),
                            at,
                            (long) number << 32 | i,
                            tied ? at * 31 % 1000 : random.nextInt(1000),
                            number));
        }
        return new SplitData("split-" + number, number, items);
    }
}
