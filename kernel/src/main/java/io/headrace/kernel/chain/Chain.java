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
    /** In place of what an idle input has reached: it is not idle. */
    private static final long ACTIVE = Long.MAX_VALUE;

    private final ChainWiring wiring;
    private final Operator[] operators;
    private final long[] inputWatermarks;
    private final long[] inputIdle;
    private final long[] outWatermarks;
    private final long[] outIdle;
    private final long[] sentIdle;
    private int cursor;
    private boolean driving;
    private int barrierCursor;

    /** Creates a chain of operators that are connected and open. */
    public Chain(ChainWiring wiring) {
        this.wiring = wiring;
        this.operators = wiring.operators();
        this.inputWatermarks = new long[wiring.entries().length];
        this.inputIdle = new long[inputWatermarks.length];
        this.outWatermarks = new long[operators.length];
        this.outIdle = new long[operators.length];
        this.sentIdle = new long[operators.length];
        Arrays.fill(inputWatermarks, Long.MIN_VALUE);
        Arrays.fill(outWatermarks, Long.MIN_VALUE);
        Arrays.fill(inputIdle, ACTIVE);
        Arrays.fill(outIdle, ACTIVE);
        Arrays.fill(sentIdle, ACTIVE);
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
     * The watermark of an input rose, or it is active again.
     *
     * @return false if there is more to do: call {@link #advance}
     */
    public boolean watermark(int input, long watermark, int budget) {
        assert !driving : "a watermark came while another was on its way";
        assert watermark >= inputWatermarks[input] : "the watermark of an input went back";
        inputWatermarks[input] = watermark;
        inputIdle[input] = ACTIVE;
        return start(budget);
    }

    /**
     * An input has become idle: until its next watermark it does not hold back time.
     *
     * @param reached the highest watermark of what is idle, {@link Long#MIN_VALUE} if none has one
     * @return false if there is more to do: call {@link #advance}
     */
    public boolean idle(int input, long reached, int budget) {
        inputIdle[input] = reached;
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
        long lowest = Long.MAX_VALUE;
        long reached = Long.MIN_VALUE;
        boolean anyIdle = false;
        for (int source : wiring.inputs()[index]) {
            final long idle = source >= 0 ? outIdle[source] : inputIdle[~source];
            if (idle == ACTIVE) {
                lowest = Math.min(lowest, watermarkOf(source));
            } else {
                anyIdle = true;
                reached = Math.max(reached, idle);
            }
        }
        final boolean allIdle = anyIdle && lowest == Long.MAX_VALUE; // All others have ended.
        outIdle[index] = allIdle ? reached : ACTIVE;
        final long combined = allIdle ? reached : lowest;
        if (combined > operator.watermark) {
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
                tellIdleness(edge, sentIdle[index]);
            }
        }
        return true;
    }

    private static void tellIdleness(Edge edge, long idle) {
        if (idle == ACTIVE) {
            edge.active();
        } else {
            edge.idle(idle);
        }
    }

    private long watermarkOf(int source) {
        return source >= 0 ? outWatermarks[source] : inputWatermarks[~source];
    }

    /** Returns whether some inputs of an operator are idle and all others have ended. */
    public boolean idle(int operator) {
        return outIdle[operator] != ACTIVE;
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
