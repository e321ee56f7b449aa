package io.headrace.kernel.chain;

import io.headrace.connector.PieceOut;
import java.util.Arrays;

/**
 * The operators of one subtask between two exchanges, and their only driver.
 *
 * <p>Data are pushed: {@link #process} runs through the chain on the stack. Time is pulled: the
 * operators stand in topological order, and operator i is driven until it has no more work before
 * the watermark reaches i + 1. Long work is done in slices: a method that returns false is to be
 * called again, and no record may come in between.
 *
 * <p><b>Threading.</b> One thread at a time. Both engines use this class.
 */
public final class Chain {
    private final ChainWiring wiring;
    private final Operator[] operators;
    private final long[] inputWatermarks;
    private final boolean[] inputIdle;
    private final long[] outWatermarks;
    private final boolean[] outIdle;
    private final boolean[] sentIdle;
    private int cursor;
    private boolean driving;
    private int barrierCursor;

    /** Creates a chain of operators that are connected and open. */
    public Chain(ChainWiring wiring) {
        this.wiring = wiring;
        this.operators = wiring.operators();
        this.inputWatermarks = new long[wiring.entries().length];
        this.inputIdle = new boolean[inputWatermarks.length];
        this.outWatermarks = new long[operators.length];
        this.outIdle = new boolean[operators.length];
        this.sentIdle = new boolean[operators.length];
        Arrays.fill(inputWatermarks, Long.MIN_VALUE);
        Arrays.fill(outWatermarks, Long.MIN_VALUE);
        for (int i = 0; i < operators.length; i++) { // What was restored had been passed on before.
            wiring.pending()[i] = operators[i].watermark();
        }
    }

    /** Takes a record on an input of the chain. */
    public void process(int input, Object value, long timestamp) {
        assert !driving : "a record came while the watermark was on its way";
        wiring.entries()[input].emit(value, timestamp);
    }

    /** Returns the port of an input, to push records without this object in between. */
    public Port entry(int input) {
        return wiring.entries()[input];
    }

    /**
     * The watermark of an input rose.
     *
     * @return false if there is more to do: call {@link #advance}
     */
    public boolean watermark(int input, long watermark, int budget) {
        assert !driving : "a watermark came while another was on its way";
        assert watermark >= inputWatermarks[input] : "the watermark of an input went back";
        inputWatermarks[input] = watermark;
        inputIdle[input] = false;
        return start(budget);
    }

    /**
     * An input has become idle, or active again: while it is idle, it does not hold back time.
     *
     * @return false if there is more to do: call {@link #advance}
     */
    public boolean idle(int input, boolean idle, int budget) {
        inputIdle[input] = idle;
        return start(budget);
    }

    private boolean start(int budget) {
        cursor = 0;
        driving = true;
        return advance(budget);
    }

    /** Goes on with what {@link #watermark} began; returns whether it is done. */
    public boolean advance(int budget) {
        while (driving && cursor < operators.length) {
            if (!drive(cursor, budget)) {
                return false;
            }
            cursor++;
        }
        driving = false;
        return true;
    }

    private boolean drive(int index, int budget) {
        final Operator operator = operators[index];
        long combined = Long.MAX_VALUE;
        boolean anyIdle = false;
        for (int source : wiring.inputs()[index]) {
            if (source >= 0 ? outIdle[source] : inputIdle[~source]) {
                anyIdle = true;
            } else {
                combined = Math.min(combined, watermarkOf(source));
            }
        }
        outIdle[index] = anyIdle && combined == Long.MAX_VALUE; // All others have ended.
        if (combined > operator.watermark && !outIdle[index]) {
            operator.watermark = combined;
            wiring.pending()[index] = operator.onWatermark(combined);
        }
        if (operator.work(budget)) {
            return false;
        }
        if (wiring.pending()[index] > outWatermarks[index]) {
            outWatermarks[index] = wiring.pending()[index];
            if (outWatermarks[index] == Long.MAX_VALUE) {
                operator.onEnd(); // Inputs of other operators of the chain may go on.
            }
            for (Edge edge : wiring.edges()[index]) {
                edge.watermark(outWatermarks[index]);
            }
        }
        if (outIdle[index] != sentIdle[index]) {
            sentIdle[index] = outIdle[index];
            for (Edge edge : wiring.edges()[index]) {
                edge.idleness(sentIdle[index]);
            }
        }
        return true;
    }

    private long watermarkOf(int source) {
        return source >= 0 ? outWatermarks[source] : inputWatermarks[~source];
    }

    /** Returns whether some inputs of an operator are idle and all others have ended. */
    public boolean idle(int operator) {
        return outIdle[operator];
    }

    /** Fires processing-time timers; returns whether it is done. */
    public boolean processingTime(long millis, int budget) {
        for (Operator operator : operators) {
            if (operator.onProcessingTime(millis, budget)) {
                return false;
            }
        }
        return true;
    }

    /** Returns the earliest time {@link #processingTime} has something to do. */
    public long nextProcessingTime() {
        long next = Long.MAX_VALUE;
        for (Operator operator : operators) {
            next = Math.min(next, operator.nextProcessingTime());
        }
        return next;
    }

    /** Ends a step: no operator keeps a record beyond it. */
    public void flush() {
        for (Operator operator : operators) {
            operator.flush();
        }
    }

    /** Returns whether all operators can take input. */
    public boolean ready() {
        for (Operator operator : operators) {
            if (!operator.ready()) {
                return false;
            }
        }
        return true;
    }

    /**
     * A barrier is about to leave: every operator finishes its work and seals its output.
     *
     * @return false to be called again
     */
    public boolean prepareBarrier(int budget, PieceOut[] pieces) {
        if (!advance(budget)) {
            return false;
        }
        while (barrierCursor < operators.length) {
            Operator operator = operators[barrierCursor];
            if (operator.work(budget) || !operator.prepareBarrier(pieces[barrierCursor])) {
                return false;
            }
            barrierCursor++;
        }
        barrierCursor = 0;
        return true;
    }

    /** All inputs have ended, and the watermark {@link Long#MAX_VALUE} has passed. */
    public void end() {
        assert !driving : "the end came while a watermark was on its way";
        for (Operator operator : operators) {
            operator.onEnd();
        }
    }

    /** Returns the operators, in topological order. */
    public Operator[] operators() {
        return operators;
    }

    /** Closes all operators; goes on if one fails, and throws the first failure at the end. */
    public void close() {
        RuntimeException first = null;
        for (Operator operator : operators) {
            try {
                operator.close();
            } catch (RuntimeException failed) {
                first = first == null ? failed : first;
            }
        }
        if (first != null) {
            throw first;
        }
    }
}
