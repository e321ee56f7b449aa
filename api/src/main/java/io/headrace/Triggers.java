package io.headrace;

import io.headrace.function.Factory;
import io.headrace.function.Trigger;
import java.time.Duration;

/**
 * The triggers that most windows need; others extend {@link Trigger}.
 *
 * <pre>{@code
 * stream.window(Windows.tumbling(Duration.ofMinutes(1)))
 *         .allowedLateness(Duration.ofMinutes(5))
 *         .trigger(
 *                 Triggers.afterWatermark()
 *                         .early(Triggers.every(Duration.ofSeconds(5)))
 *                         .late(Triggers.everyRecords(1)))
 *         .accumulating()
 * }</pre>
 *
 * <p>All of them can be merged, so that they go with sessions.
 */
public final class Triggers {
    private Triggers() {}

    /**
     * Fires when the watermark has reached the last millisecond of the window, and then for each
     * record that comes within the allowed lateness. What windows without a trigger do.
     */
    public static AfterWatermark afterWatermark() {
        return new AfterWatermark(null, null);
    }

    /**
     * Fires when the runner's clock has come so far since the first record that no pane has shown.
     *
     * @param period at least 1 ms
     */
    public static Repeated every(Duration period) {
        return new Repeated(
                Repeated.Kind.PROCESSING_TIME, Names.positiveMillis("the period", period));
    }

    /**
     * Fires when the watermark has reached the last millisecond before a multiple of the period, if
     * records came that no pane has shown. Multiples count from 1970-01-01T00:00Z.
     *
     * @param period at least 1 ms
     */
    public static Repeated everyEventTime(Duration period) {
        return new Repeated(Repeated.Kind.EVENT_TIME, Names.positiveMillis("the period", period));
    }

    /**
     * Fires with each so many-th record since the pane before.
     *
     * @param records at least 1
     */
    public static Repeated everyRecords(long records) {
        if (records < 1) {
            throw new IllegalArgumentException(
                    "a trigger fires every " + records + " records, must be at least 1");
        }
        return new Repeated(Repeated.Kind.RECORDS, records);
    }

    /** Never fires: there is one pane, when the window is forgotten. */
    public static Repeated never() {
        return new Repeated(Repeated.Kind.NEVER, 0);
    }

    /** Fires again and again, by one rule. By itself it knows no end of the window. */
    public static final class Repeated implements Factory<Trigger<Object>> {
        private static final long serialVersionUID = 1;

        /** What is counted. */
        enum Kind {
            NEVER,
            RECORDS,
            EVENT_TIME,
            PROCESSING_TIME
        }

        /** What is counted. */
        final Kind kind;

        /** So many records or milliseconds. */
        final long every;

        Repeated(Kind kind, long every) {
            this.kind = kind;
            this.every = every;
        }

        @Override
        public Trigger<Object> get() {
            return new RepeatedTrigger(this);
        }

        @Override
        public String toString() {
            return switch (kind) {
                case NEVER -> "never";
                case RECORDS -> "every " + every + " records";
                case EVENT_TIME -> "every " + Duration.ofMillis(every) + " of event time";
                case PROCESSING_TIME -> "every " + Duration.ofMillis(every);
            };
        }
    }

    /** Fires at the end of the window, and, if told so, before and behind it. Immutable. */
    public static final class AfterWatermark implements Factory<Trigger<Object>> {
        private static final long serialVersionUID = 1;

        private final Repeated early;
        private final Repeated late;

        private AfterWatermark(Repeated early, Repeated late) {
            this.early = early;
            this.late = late;
        }

        /** Fires by a rule also before the watermark has reached the end of the window. */
        public AfterWatermark early(Repeated rule) {
            return new AfterWatermark(rule, late);
        }

        /**
         * Fires by a rule, not for each record, once the watermark has reached the end of the
         * window. What is left when the window is forgotten fires then.
         */
        public AfterWatermark late(Repeated rule) {
            return new AfterWatermark(early, rule);
        }

        @Override
        public Trigger<Object> get() {
            return new WatermarkTrigger(
                    early == null ? never() : early, late == null ? everyRecords(1) : late);
        }

        @Override
        public String toString() {
            return "after watermark"
                    + (early == null ? "" : ", early " + early)
                    + (late == null ? "" : ", late " + late);
        }
    }
}
