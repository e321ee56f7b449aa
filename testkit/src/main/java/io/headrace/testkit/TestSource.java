package io.headrace.testkit;

import java.util.List;

/** A source of the pipeline, fed by a test: what is written here goes to its splits. */
public final class TestSource {
    private final String name;
    private final List<TestSplit> splits;

    TestSource(PipelineTester tester, String name, ScriptedSource source) {
        this.name = name;
        this.splits =
                source.scripts().stream()
                        .map(script -> new TestSplit(tester, name, source, script))
                        .toList();
    }

    /**
     * Returns a split.
     *
     * @param index from 0; a source has one split unless {@link PipelineTester.Setup#splits} says
     *     otherwise
     */
    public TestSplit split(int index) {
        if (index < 0 || index >= splits.size()) {
            throw new IllegalArgumentException(
                    "source "
                            + name
                            + " has the splits 0 to "
                            + (splits.size() - 1)
                            + ", not "
                            + index
                            + ": say how many it has by PipelineTester.of(…).splits(\""
                            + name
                            + "\", …)");
        }
        return splits.get(index);
    }

    /** Feeds records to the first split, with the times that the source reads from them. */
    public TestSource records(Object... values) {
        for (Object value : values) {
            split(0).record(value);
        }
        return this;
    }

    /** Moves the watermark of all splits. */
    public TestSource watermark(long timestampMillis) {
        splits.forEach(split -> split.watermark(timestampMillis));
        return this;
    }

    /** Ends all splits. */
    public TestSource end() {
        splits.forEach(TestSplit::end);
        return this;
    }
}
