package io.headrace.examples.fraud;

import io.headrace.function.Context;
import io.headrace.function.Output;
import io.headrace.function.ProcessFunction;
import io.headrace.state.ListState;
import io.headrace.state.Timer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * Finds the terminal of each known fraud: joins labels with transactions by id. There may be
 * several labels of one transaction; all of them go on, and the earliest counts.
 *
 * <p>A transaction is kept as long as its label could matter, that is until it has left the widest
 * window of its terminal; only labels of frauds come here. Ids rise with time, so that neighbours
 * are kept, and forgotten, together: the key is a {@link #block} of ids, which costs one entry and
 * one timer for hundreds of transactions. A label that comes before its transaction waits for it
 * for one day; a transaction that was not there by then would be late anyway.
 */
final class LabelJoin extends ProcessFunction<Long, LabelEvent, TerminalEvent> {
    private static final int IDS_PER_BLOCK_LOG2 = 8;
    private static final long WAIT_MILLIS = Duration.ofDays(1).toMillis();

    private final ListState<Sale> sales = listState("sales", Sale.class);
    private final ListState<Label> early = listState("early", Label.class);
    private final Timer forget = eventTimeTimer("forget");

    /** Returns the key that a record belongs to. */
    static long block(LabelEvent event) {
        return event.id() >> IDS_PER_BLOCK_LOG2;
    }

    @Override
    public void process(LabelEvent event, Context<Long> context, Output<TerminalEvent> out) {
        if (event instanceof Sale sale) {
            sales.add(sale);
            forgetBy(sale.millis() + TerminalHistories.KEPT_MILLIS);
            if (early.size() > 0) {
                joinEarly(sale, out);
            }
        } else if (event instanceof Label label) {
            Sale sale = saleOf(label.id());
            if (sale == null) {
                early.add(label);
                forgetBy(label.time().toEpochMilli() + WAIT_MILLIS);
            } else {
                out.emit(known(sale, label));
            }
        }
    }

    private static TerminalEvent known(Sale sale, Label label) {
        return new KnownFraud(
                sale.id(), sale.terminal(), sale.millis(), label.time().toEpochMilli());
    }

    private Sale saleOf(long id) {
        for (Sale sale : sales.get()) {
            if (sale.id() == id) {
                return sale;
            }
        }
        return null;
    }

    private void joinEarly(Sale sale, Output<TerminalEvent> out) {
        List<Label> rest = new ArrayList<>(early.size());
        for (Label label : early.get()) {
            if (label.id() == sale.id()) {
                out.emit(known(sale, label));
            } else {
                rest.add(label);
            }
        }
        early.set(rest);
    }

    private void forgetBy(long time) {
        OptionalLong pending = forget.time();
        if (pending.isEmpty() || pending.getAsLong() > time) {
            forget.set(time);
        }
    }

    /** Fires at the end of the oldest; those that are left set it again, at the newest. */
    @Override
    public void onTimer(String timer, long time, Context<Long> context, Output<TerminalEvent> out) {
        long watermark = context.watermark();
        long next = Long.MIN_VALUE;
        List<Sale> keptSales = new ArrayList<>();
        for (Sale sale : sales.get()) {
            long end = sale.millis() + TerminalHistories.KEPT_MILLIS;
            if (end > watermark) {
                keptSales.add(sale);
                next = Math.max(next, end);
            }
        }
        List<Label> keptLabels = new ArrayList<>();
        for (Label label : early.get()) {
            long end = label.time().toEpochMilli() + WAIT_MILLIS;
            if (end > watermark) {
                keptLabels.add(label);
                next = Math.max(next, end);
            }
        }
        sales.set(keptSales);
        early.set(keptLabels);
        if (next > Long.MIN_VALUE) {
            forget.set(next);
        }
    }
}
