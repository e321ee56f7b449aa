package io.headrace.conformance.scenario;

/** A key of two parts. */
public record Key(String name, int rest) {
    static Key of(Object value) {
        String name = Kind.name(value);
        return name == null ? null : new Key(name, (int) Math.floorMod(Kind.number(value), 2L));
    }

    @Override
    public String toString() {
        return name + "+" + rest;
    }
}
