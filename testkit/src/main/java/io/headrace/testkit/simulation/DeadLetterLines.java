package io.headrace.testkit.simulation;

import io.headrace.connector.DeadLetter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.BiPredicate;

/** How dead letters are shown, and which are expected. */
final class DeadLetterLines {
    static final String SINK = "dead";

    private DeadLetterLines() {}

    static void write(Shape.Canvas canvas) {
        canvas.pipeline()
                .deadLetters()
                .map(DeadLetterLines::line)
                .writeTo(canvas.sinks().apply(SINK));
    }

    private static String line(DeadLetter letter) {
        String raw = new String(letter.raw(), StandardCharsets.UTF_8);
        return letter.reason() + "|" + letter.split() + "|" + letter.position() + "|" + raw;
    }

    /**
     * Returns what is shown.
     *
     * @param keyed which records come to a {@code keyBy}, where they need a key
     */
    static Expected expect(List<SplitData> splits, BiPredicate<SplitData, Measurement> keyed) {
        return Expected.immediate(
                splits,
                (split, index) -> {
                    Measurement item = split.items().get(index);
                    if (item == null) {
                        return List.of("unreadable|" + split.id() + "|" + index + "|\u0001");
                    }
                    return item.key() == null && keyed.test(split, item)
                            ? List.of("the key is null|||" + item)
                            : List.of();
                });
    }
}
