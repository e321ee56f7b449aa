package io.headrace.testkit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * What came out of a pipeline in one place: a sink, a side output, the dead letters. Looking
 * settles the pipeline first, so that all that was fed before has been processed.
 *
 * <p>Order is promised within a key only, as in production.
 *
 * @param <T> the records
 */
public final class Outputs<T> {
    private final PipelineTester tester;
    private final CollectingSink sink;
    private final Class<T> type;
    private final String place;

    Outputs(PipelineTester tester, CollectingSink sink, Class<T> type, String place) {
        this.tester = tester;
        this.sink = sink;
        this.type = type;
        this.place = place;
    }

    /** Returns everything that has come out since the start, with its time. */
    public List<Emitted<T>> emitted() {
        tester.settle();
        return sink.emitted().stream().map(this::typed).toList();
    }

    /** Returns everything that has come out since the start. */
    public List<T> values() {
        return emitted().stream().map(Emitted::value).toList();
    }

    /** Returns everything that has come out since the start, by a key, in the order of each key. */
    public <K> Map<K, List<T>> byKey(Function<? super T, ? extends K> key) {
        Map<K, List<T>> byKey = new LinkedHashMap<>();
        for (T value : values()) {
            byKey.computeIfAbsent(key.apply(value), first -> new ArrayList<>()).add(value);
        }
        return byKey;
    }

    /** Returns what has come out since this, or an {@code expect}, was called last. */
    public List<T> drain() {
        tester.settle();
        return sink.drain().stream().map(record -> typed(record).value()).toList();
    }

    /** Expects that exactly these records have come out since the last look, in this order. */
    @SafeVarargs
    @SuppressWarnings("varargs") // The array is only read.
    public final void expect(T... expected) {
        List<T> came = drain();
        if (!came.equals(Arrays.asList(expected))) {
            throw failure("these records in this order", Arrays.asList(expected), came);
        }
    }

    /** Expects that exactly these records have come out since the last look, in any order. */
    @SafeVarargs
    @SuppressWarnings("varargs") // The array is only read.
    public final void expectInAnyOrder(T... expected) {
        List<T> came = drain();
        List<T> missing = without(Arrays.asList(expected), came);
        List<T> surplus = without(came, Arrays.asList(expected));
        if (!missing.isEmpty() || !surplus.isEmpty()) {
            throw new AssertionError(
                    place
                            + list("missing", missing)
                            + list("not expected", surplus)
                            + tester.report());
        }
    }

    /** Expects that nothing has come out since the last look. */
    public void expectNothing() {
        List<T> came = drain();
        if (!came.isEmpty()) {
            throw failure("nothing", List.of(), came);
        }
    }

    /**
     * Has a check look at every record that comes out from the start on, whenever the pipeline has
     * settled. If it never gets to see one, closing the tester fails.
     *
     * @param check throws if a record is not as it should be
     */
    public Outputs<T> each(Consumer<? super T> check) {
        tester.addCheck(new Check<>(this, check));
        return this;
    }

    private static <T> List<T> without(List<T> from, List<T> taken) {
        List<T> rest = new ArrayList<>(from);
        taken.forEach(rest::remove);
        return rest;
    }

    private AssertionError failure(String what, List<T> expected, List<T> came) {
        return new AssertionError(
                place
                        + ": expected "
                        + what
                        + list("expected", expected)
                        + list("came", came)
                        + tester.report());
    }

    private static String list(String title, List<?> values) {
        StringBuilder text = new StringBuilder("\n").append(title).append(':');
        values.forEach(value -> text.append("\n  ").append(value));
        return text.append(values.isEmpty() ? " nothing" : "").toString();
    }

    private Emitted<T> typed(Emitted<Object> record) {
        if (!type.isInstance(record.value())) {
            throw new AssertionError(
                    place
                            + ": expected "
                            + type.getName()
                            + ", a "
                            + record.value().getClass().getName()
                            + " came: "
                            + record.value());
        }
        return new Emitted<>(type.cast(record.value()), record.timestampMillis());
    }

    /** A check of each record, and how many it has seen. */
    static final class Check<T> {
        private final Outputs<T> outputs;
        private final Consumer<? super T> check;
        private int seen;
        private boolean ran;

        Check(Outputs<T> outputs, Consumer<? super T> check) {
            this.outputs = outputs;
            this.check = check;
        }

        /** Looks at what is new; after a restart some of it is gone. */
        void look() {
            List<Emitted<Object>> emitted = outputs.sink.emitted();
            seen = Math.min(seen, emitted.size());
            while (seen < emitted.size()) {
                ran = true;
                check.accept(outputs.typed(emitted.get(seen++)).value());
            }
        }

        void requireRan() {
            if (!ran) {
                throw new AssertionError(
                        outputs.place
                                + ": nothing came out, so that an expectation of each record"
                                + " never ran"
                                + outputs.tester.report());
            }
        }
    }
}
