package io.headrace.formats;

import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.json.JsonFactory;

/** The one configuration of the JSON library. */
final class JsonLibrary {
    /** Deep enough for data, too shallow to exhaust a stack. */
    private static final int NESTING_MAX = 200;

    static final JsonFactory FACTORY =
            JsonFactory.builder()
                    .streamReadConstraints(
                            StreamReadConstraints.builder()
                                    .maxNestingDepth(NESTING_MAX)
                                    .maxNumberLength(NumberText.CHARACTERS_MAX)
                                    .maxStringLength(Integer.MAX_VALUE) // Bounded by the record.
                                    .build())
                    .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
                    // Before Java 19, Double.toString is slower and not the shortest.
                    .enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER)
                    .rootValueSeparator("")
                    .build();

    private JsonLibrary() {}
}
