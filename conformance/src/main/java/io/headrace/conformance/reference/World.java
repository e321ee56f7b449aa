package io.headrace.conformance.reference;

import java.util.ArrayList;
import java.util.List;

/** What all steps share: the clock, and what came to the sinks. */
final class World {
    final List<Written> written = new ArrayList<>();
    long clockMillis;
}
