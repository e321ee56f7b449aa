package io.headrace.kernel.chain;

/**
 * Gives each record to several ports, in their order. A port may lead to another {@code keyBy},
 * which moves the key slot, so that the key is put back behind each port.
 */
public final class FanOut implements Port {
    private final KeySlot slot;
    private final Port[] ports;

    private FanOut(KeySlot slot, Port[] ports) {
        this.slot = slot;
        this.ports = ports;
    }

    /** Returns a port that gives to all of the ports: the cheapest form for their number. */
    public static Port of(KeySlot slot, Port... ports) {
        return switch (ports.length) {
            case 0 -> Port.NOWHERE;
            case 1 -> ports[0];
            default -> new FanOut(slot, ports.clone());
        };
    }

    @Override
    public void emit(Object value, long timestamp) {
        final Object key = slot.key;
        final int hash = slot.hash;
        for (Port port : ports) {
            port.emit(value, timestamp);
            slot.key = key;
            slot.hash = hash;
        }
    }
}
