package io.headrace.kernel.chain;

/** The way from a chain to another one. The host moves what it takes. */
public interface Edge extends Port {
    /** All records with a timestamp up to this one were emitted, except late ones. */
    void watermark(long watermark);

    /** The operator before it has become idle, or active again. */
    void idleness(boolean idle);
}
