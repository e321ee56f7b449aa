package io.headrace.kernel.chain;

/** Takes records from an operator: the next operator, an edge, or several of them. */
public interface Port {
    /** Takes a record. Never blocks and never refuses; see {@link Edge} for back-pressure. */
    void emit(Object value, long timestamp);

    /** Takes records and drops them. */
    Port NOWHERE = (value, timestamp) -> {};
}
