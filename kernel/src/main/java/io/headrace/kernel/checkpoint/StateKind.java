package io.headrace.kernel.checkpoint;

/** What a state in a checkpoint holds. The texts are frozen: they stand in manifests. */
public enum StateKind {
    /** One immutable value per key. */
    VALUE("value"),
    /** A list per key; one entry per key, which holds the whole list. */
    LIST("list"),
    /** A map per key; one entry per key and user key. */
    MAP("map"),
    /** One value per key that is changed in place. */
    ACCUMULATOR("accumulator"),
    /** The pending times of timers. */
    TIMERS("timers"),
    /** Values that every subtask has; one copy. */
    BROADCAST("broadcast"),
    /** Values that are dealt out to the subtasks. */
    OPERATOR_LIST("operatorList");

    private final String text;

    StateKind(String text) {
        this.text = text;
    }

    /** Returns the name in a manifest. */
    public String text() {
        return text;
    }

    /** Returns the kind of that text, or null. */
    static StateKind ofText(String text) {
        for (StateKind kind : values()) {
            if (kind.text.equals(text)) {
                return kind;
            }
        }
        return null;
    }
}
