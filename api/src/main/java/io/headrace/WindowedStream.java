package io.headrace;

import io.headrace.function.Aggregator;
import io.headrace.function.Factory;
import io.headrace.function.Fn2;
import io.headrace.function.PaneFn;
import io.headrace.function.PaneProcessFn;
import io.headrace.function.Side;
import io.headrace.function.Trigger;
import io.headrace.function.WindowFn;
import io.headrace.function.WindowProcessFn;
import io.headrace.graph.Step;
import io.headrace.graph.WindowOutput;
import io.headrace.graph.WindowShape;
import io.headrace.type.Type;
import java.time.Duration;
import java.util.List;

/**
 * A keyed stream whose records are grouped by windows.
 *
 * <p><b>Event time</b> (tumbling, hopping, days, sessions). A window of a key fires once, when the
 * watermark has reached its last millisecond, with the timestamp of that millisecond; with an
 * allowed lateness it fires again for each record that comes in time, with the result that includes
 * it. A window is forgotten when the watermark has reached its last millisecond + the allowed
 * lateness. A record is late when all windows that it belongs to are forgotten; it belongs to a
 * session that it would join or begin. Empty windows do not fire. A session that has fired and then
 * grows fires again at its new end; so do two that became one.
 *
 * <p><b>Counts.</b> A window fires with its last record. Its bounds are the times of its earliest
 * record and, + 1 ms, of its latest. No record is late.
 *
 * <p><b>Global.</b> The window fires at the end of the input.
 *
 * <p>What windows of counts and global windows emit has the time of their latest record as its
 * timestamp, or the watermark of the step + 1 ms if that is later, so that it is never late behind
 * them.
 *
 * <p><b>Triggers.</b> All but windows of counts can fire when a {@link Trigger} says so, {@code
 * early} and {@code late} among it, {@link #accumulating()} or {@link #discarding()}. Each firing
 * is a pane, of which a function can ask the index and the timing. Every pane has the last
 * millisecond of its window as its timestamp, and one that is late is late behind it, too; of a
 * global window, as above. A window with a trigger keeps an accumulator of its own, its pane and
 * the state of the trigger until it is forgotten; then what no pane has shown fires. A session that
 * joins others goes on with the highest of their indexes.
 *
 * <p><b>Two phases.</b> Where records move between subtasks, a key with very many of them would
 * keep one subtask busy and the others waiting. A runner may therefore aggregate the records of a
 * key and a window before they move, for a millisecond or up to the next watermark or barrier, and
 * send accumulators. It does so by itself where nothing but speed can tell: for windows of event
 * time except sessions, right behind {@code keyBy} and its only reader, without allowed lateness,
 * trigger and {@code lateTo}, with an aggregator that {@linkplain Aggregator#commutes commutes}.
 * Results, counters and state are the same; of late records that came together the sample shows
 * one. {@code explain()} says where it is done, {@link #inOnePhase()} forbids it.
 *
 * <p>Immutable: each method returns a changed copy.
 *
 * @param <K> the key
 * @param <T> the records
 */
public final class WindowedStream<K, T> {
    private final KeyedStream<K, T> stream;
    private final Windows windows;
    private final Step.Window.Firing firing;

    WindowedStream(KeyedStream<K, T> stream, Windows windows, Step.Window.Firing firing) {
        this.stream = stream;
        this.windows = windows;
        this.firing = firing;
    }

    /**
     * Keeps each window for records that come later than the watermark; zero by default.
     *
     * @throws IllegalStateException for windows of counts and global ones, where none is late
     */
    public WindowedStream<K, T> allowedLateness(Duration lateness) {
        requireTime("allowedLateness");
        if (lateness.isNegative()) {
            throw new IllegalArgumentException(
                    "allowed lateness is " + lateness + ", must not be negative");
        }
        return new WindowedStream<>(
                stream,
                windows,
                new Step.Window.Firing(
                        lateness.toMillis(), firing.late(), firing.onePhase(), firing.triggered()));
    }

    /**
     * Sends late records to a side output. Without it they are counted, and a sample of them is
     * kept beside the state.
     *
     * @throws IllegalStateException for windows of counts and global ones, where none is late
     */
    public WindowedStream<K, T> lateTo(Side<T> side) {
        requireTime("lateTo");
        return new WindowedStream<>(
                stream,
                windows,
                new Step.Window.Firing(
                        firing.allowedLatenessMillis(),
                        side,
                        firing.onePhase(),
                        firing.triggered()));
    }

    /**
     * Lets a trigger decide when each window fires.
     *
     * @param factory one of {@link Triggers}, or {@code MyTrigger::new}; creates one trigger for
     *     each subtask
     * @throws IllegalStateException for windows of counts, which fire with their last record; for
     *     sessions, if the trigger does not merge
     */
    public WindowedStream<K, T> trigger(Factory<? extends Trigger<? super T>> factory) {
        requireTriggered("trigger");
        Trigger<? super T> example = factory.get();
        if (example == factory.get()) {
            throw new IllegalArgumentException(
                    "the factory of the trigger returned one object twice: write "
                            + example.getClass().getSimpleName()
                            + "::new, each subtask needs its own");
        }
        if (windows instanceof SessionWindows && !example.merges()) {
            throw new IllegalStateException(
                    "sessions become one, and "
                            + example.getClass().getName()
                            + " does not merge: override merges() to return true and onMerge to"
                            + " set its timers anew, or take one of Triggers");
        }
        boolean ready = Triggers.class.equals(factory.getClass().getEnclosingClass());
        String trigger = ready ? factory.toString() : example.getClass().getName();
        boolean accumulating = firing.triggered() == null || firing.triggered().accumulating();
        return with(
                new Step.Window.Triggered(
                        Erased.trigger(factory),
                        trigger,
                        accumulating,
                        example.declaredStates().declarations()));
    }

    /** Lets each pane show all records of its window so far. The default. */
    public WindowedStream<K, T> accumulating() {
        return showing("accumulating", true);
    }

    /** Lets each pane show the records since the pane before, which are not kept behind it. */
    public WindowedStream<K, T> discarding() {
        return showing("discarding", false);
    }

    private WindowedStream<K, T> showing(String operation, boolean accumulating) {
        requireTriggered(operation);
        Step.Window.Triggered given = triggered();
        return with(
                new Step.Window.Triggered(
                        given.factory(), given.trigger(), accumulating, given.declarations()));
    }

    /** Returns the trigger; the default one if none was chosen. */
    private Step.Window.Triggered triggered() {
        return firing.triggered() != null
                ? firing.triggered()
                : trigger(Triggers.afterWatermark()).firing.triggered();
    }

    private WindowedStream<K, T> with(Step.Window.Triggered triggered) {
        return new WindowedStream<>(
                stream,
                windows,
                new Step.Window.Firing(
                        firing.allowedLatenessMillis(),
                        firing.late(),
                        firing.onePhase(),
                        triggered));
    }

    private void requireTriggered(String operation) {
        if (windows instanceof CountWindows) {
            throw new IllegalStateException(
                    operation
                            + " does not go with "
                            + windows
                            + ": they fire with their last record; take a global window with"
                            + " Triggers.everyRecords");
        }
    }

    /**
     * Aggregates records only where their key belongs, never before they move there. For an
     * aggregator whose accumulators are so large that sending one costs more than many records.
     */
    public WindowedStream<K, T> inOnePhase() {
        return new WindowedStream<>(
                stream,
                windows,
                new Step.Window.Firing(
                        firing.allowedLatenessMillis(), firing.late(), true, firing.triggered()));
    }

    private void requireTime(String operation) {
        if (windows instanceof CountWindows || windows instanceof GlobalWindows) {
            throw new IllegalStateException(
                    operation
                            + " does not go with "
                            + windows
                            + ": no record is late for them, leave it out");
        }
    }

    /**
     * Aggregates the records of each window.
     *
     * @param name the identity of the state
     */
    public <R> KeyedStream<K, R> aggregate(
            String name, Aggregator<? super T, ?, ? extends R> aggregator) {
        return add(name, aggregator, new WindowOutput.Result(), Results.typeOf(aggregator));
    }

    /**
     * Aggregates the records of each window and makes the output of key, window and result.
     *
     * @param name the identity of the state
     */
    public <R, O> KeyedStream<K, O> aggregate(
            String name,
            Aggregator<? super T, ?, R> aggregator,
            WindowFn<? super K, ? super R, ? extends O> function) {
        WindowOutput output = new WindowOutput.OfWindow(Erased.windowFunction(function));
        return add(name, aggregator, output, DataStream.resultOf(function));
    }

    /**
     * Aggregates the records of each window and makes the output of key, window, pane and result.
     *
     * @param name the identity of the state
     * @throws IllegalStateException for windows of counts, which have no panes
     */
    public <R, O> KeyedStream<K, O> aggregate(
            String name,
            Aggregator<? super T, ?, R> aggregator,
            PaneFn<? super K, ? super R, ? extends O> function) {
        requireTriggered("a function of panes");
        WindowOutput output = new WindowOutput.OfPane(Erased.paneFunction(function));
        return with(triggered()).add(name, aggregator, output, DataStream.resultOf(function));
    }

    /**
     * Combines the records of each window to one.
     *
     * @param name the identity of the state
     * @param function associative; gets what came earlier first, and returns no null
     */
    public KeyedStream<K, T> reduce(String name, Fn2<? super T, ? super T, ? extends T> function) {
        Type<T> type = stream.requiredType("reduce");
        return add(name, new Reduced<>(type, function), new WindowOutput.Result(), type);
    }

    /**
     * Combines the records of each window to one and makes the output of key, window, pane and it.
     *
     * @param name the identity of the state
     * @param reducer associative; gets what came earlier first, and returns no null
     * @throws IllegalStateException for windows of counts, which have no panes
     */
    public <O> KeyedStream<K, O> reduce(
            String name,
            Fn2<? super T, ? super T, ? extends T> reducer,
            PaneFn<? super K, ? super T, ? extends O> function) {
        return aggregate(name, new Reduced<T>(stream.requiredType("reduce"), reducer), function);
    }

    /**
     * Processes all records of each pane together. All of them are kept until the window is
     * forgotten, or of a discarding one until it fires; an aggregate keeps less.
     *
     * @param name the identity of the state
     * @param function emits any number of values; name their type with {@code as} if needed
     * @throws IllegalStateException for windows of counts, which have no panes
     */
    public <O> KeyedStream<K, O> process(
            String name, PaneProcessFn<? super K, ? super T, O> function) {
        requireTriggered("a function of panes");
        WindowOutput output = new WindowOutput.OfAllOfPane(Erased.paneFunction(function));
        return with(triggered())
                .add(name, new AllRecords<>(stream.requiredType("process")), output, null);
    }

    /**
     * Processes all records of each window together. All of them are kept until then; an aggregate
     * keeps less.
     *
     * @param name the identity of the state
     * @param function emits any number of values; name their type with {@code as} if needed
     */
    public <O> KeyedStream<K, O> process(
            String name, WindowProcessFn<? super K, ? super T, O> function) {
        WindowOutput output = new WindowOutput.OfAll(Erased.windowFunction(function));
        return add(name, new AllRecords<>(stream.requiredType("process")), output, null);
    }

    private <O> KeyedStream<K, O> add(
            String name, Aggregator<?, ?, ?> aggregator, WindowOutput output, Type<O> type) {
        aggregator.accumulatorType().schema();
        Step step =
                stream.pipeline.add(
                        name,
                        List.of(stream.input),
                        type,
                        head ->
                                new Step.Window(
                                        head,
                                        stream.keyType(),
                                        shape(windows),
                                        firing,
                                        Erased.aggregator(aggregator),
                                        output));
        stream.addSide(firing.late(), step.id());
        return stream.keyed(step, type);
    }

    private static WindowShape shape(Windows windows) {
        if (windows instanceof TimeWindows aligned) {
            return new WindowShape.Aligned(
                    aligned.size().toMillis(),
                    aligned.slide().toMillis(),
                    aligned.offset().toMillis());
        }
        if (windows instanceof DayWindows days) {
            return new WindowShape.Days(days.zone(), days.start());
        }
        if (windows instanceof SessionWindows sessions) {
            return new WindowShape.Sessions(sessions.gap().toMillis());
        }
        return windows instanceof CountWindows counted
                ? new WindowShape.Counted(counted.size(), counted.slide())
                : new WindowShape.Global();
    }
}
