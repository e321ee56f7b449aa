package io.headrace.kernel.chain;

/** The way from a chain to another one. The host moves what it takes. */
public interface Edge extends Port {
    /** All records with a timestamp up to this one were emitted, except late ones. */
    void watermark(long watermark);

    /**
     * The operator before it has become idle.
     *
     * @param reached the highest watermark of the splits that are idle, {@link Long#MIN_VALUE} if
     *     none has one
     */
    void idle(long reached);

    /** The operator before it is active again. */
    void active();
}
