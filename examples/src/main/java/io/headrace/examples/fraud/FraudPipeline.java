package io.headrace.examples.fraud;

import io.headrace.DataStream;
import io.headrace.KeyedStream;
import io.headrace.Pipeline;
import io.headrace.connector.Source;
import io.headrace.connectors.files.Files;
import io.headrace.formats.Csv;
import java.time.Duration;

/**
 * Scores every card transaction, on the public API alone.
 *
 * <pre>
 * transactions → by customer: look back 1, 7, 30 days → by terminal → score → features
 *                              └→ by id ┐                ↑                └→ alerts
 * labels → frauds only ─────────→ by id ┴→ label-join ───┘
 * </pre>
 *
 * <p>All of it is event time: the result is a function of the two files alone, not of how fast they
 * are read, in which order rows within the bound come, or how many subtasks there are.
 */
public final class FraudPipeline {
    /** The name of the step that reads the transactions. */
    public static final String TRANSACTIONS = "transactions";

    /** The name of the step that reads the labels. */
    public static final String LABELS = "labels";

    /** The name of the step that knows how a card was used lately. */
    public static final String CUSTOMERS = "customer-spend";

    /** The name of the step that finds the terminals of known frauds. */
    public static final String LABEL_JOIN = "label-join";

    /** The name of the step that knows the terminals. */
    public static final String TERMINALS = "terminal-history";

    /** The name of the sink of one line per transaction. */
    public static final String FEATURES = "features";

    /** The name of the sink of one line per alert. */
    public static final String ALERTS = "alerts";

    /** Labels come a week after transactions: in lock step the two would stop each other often. */
    private static final Duration SOURCE_ALIGNMENT = Duration.ofHours(12);

    private FraudPipeline() {}

    /** Returns the pipeline. */
    public static Pipeline of(FraudFiles files, FraudObservers observers) {
        Pipeline pipeline = Pipeline.create("card-fraud").sourceAlignment(SOURCE_ALIGNMENT);
        KeyedStream<Long, TerminalEvent> spendings =
                pipeline.readFrom(TRANSACTIONS, observers.transactions().apply(transactions(files)))
                        .keyBy(Transaction::customer)
                        .lookBack(Duration.ofDays(1), Duration.ofDays(7), Duration.ofDays(30))
                        .aggregate(CUSTOMERS, new SpendAggregator(), Spending::of);
        DataStream<TerminalEvent> events =
                files.labels() == null
                        ? spendings
                        : spendings.merge(knownFrauds(pipeline, files, spendings));
        boolean labelled = files.labels() != null;
        DataStream<Judged> judged =
                events.keyBy(TerminalEvent::terminal)
                        .process(TERMINALS, () -> new TerminalHistories(labelled))
                        .map(Judged::of);
        write(judged, files, observers);
        return pipeline;
    }

    private static Source<Transaction, ?, ?> transactions(FraudFiles files) {
        return Files.read(
                        files.transactions(),
                        Csv.of(Transaction.class)
                                .columns(files.transactionColumns())
                                .timesWithoutZoneAreUtc())
                .eventTime(Transaction::time, files.outOfOrderness());
    }

    private static Source<Label, ?, ?> labels(FraudFiles files) {
        return Files.read(
                        files.labels(),
                        Csv.of(Label.class).columns(files.labelColumns()).timesWithoutZoneAreUtc())
                .eventTime(Label::time, files.outOfOrderness());
    }

    private static DataStream<TerminalEvent> knownFrauds(
            Pipeline pipeline, FraudFiles files, DataStream<TerminalEvent> spendings) {
        DataStream<Label> frauds =
                pipeline.readFrom(LABELS, labels(files)).filter(label -> label.fraud() != 0);
        return spendings
                .map(Sale::of)
                .merge(frauds)
                .keyBy(LabelJoin::block)
                .process(LABEL_JOIN, LabelJoin::new);
    }

    private static void write(
            DataStream<Judged> judged, FraudFiles files, FraudObservers observers) {
        judged.map(Judged::scored)
                .writeTo(FEATURES, Files.jsonLinesTo(files.features(), Scored.class));
        DataStream<Alert> alerts = judged.filter(Judged::isAlert).map(Judged::alert);
        alerts.writeTo(ALERTS, Files.jsonLinesTo(files.alerts(), Alert.class));
        if (observers.judged() != null) {
            judged.forEach(observers.judged());
        }
        if (observers.alerts() != null) {
            alerts.forEach(observers.alerts());
        }
    }
}
