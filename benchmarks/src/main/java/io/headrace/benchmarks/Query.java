package io.headrace.benchmarks;

import io.headrace.Pipeline;
import java.util.Arrays;
import java.util.List;

/** A query, as a loop that was written by hand and as a pipeline. Both give the same rows. */
interface Query {
    /** All queries, in the order of their names. */
    List<Query> ALL =
            List.of(
                    new PassThrough(),
                    new HotItems(),
                    new HighestBid(),
                    new BidderSessions(),
                    new BidsPerBidder(),
                    new RunningCounts(),
                    new SumsPerKey(true, false),
                    new SumsPerKey(true, true),
                    new SumsPerKey(false, false),
                    new SumsPerKey(false, true));

    /** A pipeline with the sink that it writes to. */
    record Built(Pipeline pipeline, ChecksumSink<?> sink) {}

    /** Returns the name that it is known by, for example {@code q12}. */
    String name();

    /**
     * Answers the query in the calling thread.
     *
     * @param events how many records are read
     */
    Checksum loop(long events);

    /**
     * Describes the query.
     *
     * @param events how many records are read
     * @param splits into how many parts they are cut
     */
    Built pipeline(long events, int splits);

    /**
     * Finds a query.
     *
     * @throws IllegalArgumentException if there is none of this name; the message names all
     */
    static Query named(String name) {
        return ALL.stream()
                .filter(query -> query.name().equals(name))
                .findFirst()
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        "there is no query "
                                                + name
                                                + ", only "
                                                + Arrays.toString(
                                                        ALL.stream().map(Query::name).toArray())));
    }
}
