package io.headrace.graph;

import io.headrace.connector.Sink;
import io.headrace.connector.Source;
import io.headrace.function.Action;
import io.headrace.function.Aggregator;
import io.headrace.function.BroadcastProcessFunction;
import io.headrace.function.CoProcessFunction;
import io.headrace.function.Condition;
import io.headrace.function.Factory;
import io.headrace.function.FlatMapFn;
import io.headrace.function.Fn;
import io.headrace.function.Fn2;
import io.headrace.function.Partitioner;
import io.headrace.function.ProcessFunction;
import io.headrace.function.Side;
import io.headrace.function.Trigger;
import io.headrace.state.Declarations;
import io.headrace.state.StateDeclaration;
import io.headrace.state.TimerDeclaration;
import io.headrace.type.Type;
import java.util.List;

/**
 * One step of a pipeline. Functions are typed by what they take and give in the pipeline; here they
 * are raw, because a graph is typed only where it is built.
 */
public sealed interface Step {
    /** Returns what every step has. */
    Head head();

    /** Calls the method of the visitor that is made for this step. */
    <R> R accept(Visitor<R> visitor);

    /** Returns the id; short for {@code head().id()}. */
    default int id() {
        return head().id();
    }

    /** Returns the name; short for {@code head().name()}. */
    default String name() {
        return head().name();
    }

    /** Reads a source. */
    record Read(Head head, Source<?, ?, ?> source) implements Step {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.read(this);
        }
    }

    /** Maps each value to one. */
    record Map(Head head, Fn<Object, Object> function) implements Step {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.map(this);
        }
    }

    /** Maps each value, with its key, to one. */
    record MapWithKey(Head head, Fn2<Object, Object, Object> function) implements Step {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.mapWithKey(this);
        }
    }

    /** Keeps the values that fulfil a condition. */
    record Filter(Head head, Condition<Object> condition) implements Step {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.filter(this);
        }
    }

    /** Maps each value to any number. */
    record FlatMap(Head head, FlatMapFn<Object, Object> function) implements Step {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.flatMap(this);
        }
    }

    /** Puts streams together, in no promised order. */
    record Merge(Head head) implements Step {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.merge(this);
        }
    }

    /** Distributes the values evenly over the subtasks of the next step. */
    record Rebalance(Head head) implements Step {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.rebalance(this);
        }
    }

    /** Sends each value to the subtask that a function chooses. */
    record PartitionBy(Head head, Partitioner<Object> partitioner) implements Step {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.partitionBy(this);
        }
    }

    /** Gives every value to each subtask of the steps behind it, in one order for all. */
    record Broadcast(Head head) implements Step {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.broadcast(this);
        }
    }

    /**
     * Brings the values of one key to one subtask. A null key makes a dead letter.
     *
     * @param ranges where the ranges begin that are the keys, as text that stands in checkpoints
     *     with the state of each step behind it; null if the keys are none
     */
    record KeyBy(Head head, Fn<Object, Object> selector, Type<?> keyType, String ranges)
            implements Step {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.keyBy(this);
        }
    }

    /** A step with a user's function that has state and timers of its own. */
    sealed interface Stateful extends Step permits Process, CoProcess, BroadcastProcess {
        /** Returns the keys. */
        Type<?> keyType();

        /** Returns what the function declared. */
        Declared function();
    }

    /** What a function with state declared. */
    interface Declared {
        /** Returns its states and timers. */
        Declarations declarations();

        /** Returns the aggregators of its states, by their names. */
        java.util.Map<String, Aggregator<Object, Object, Object>> aggregators();

        /** Returns the side outputs, in the order of declaration. */
        List<Side<?>> sides();

        /** Returns the states, in the order of declaration. */
        default List<StateDeclaration> states() {
            return declarations().states();
        }

        /** Returns the timers, in the order of declaration. */
        default List<TimerDeclaration> timers() {
            return declarations().timers();
        }
    }

    /** Processes values by a function with state. */
    record Process(Head head, Type<?> keyType, Function function) implements Stateful {
        /**
         * A process function and what it declared.
         *
         * @param factory creates the function object of a subtask
         * @param aggregators by the names of their states
         */
        public record Function(
                Factory<? extends ProcessFunction<Object, Object, Object>> factory,
                Declarations declarations,
                java.util.Map<String, Aggregator<Object, Object, Object>> aggregators,
                List<Side<?>> sides)
                implements Declared {
            /** Copies the collections. */
            public Function {
                aggregators = java.util.Map.copyOf(aggregators);
                sides = List.copyOf(sides);
            }
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.process(this);
        }
    }

    /**
     * Processes values of two keyed inputs by a function with state. The values of a key of both
     * inputs come to one subtask.
     */
    record CoProcess(Head head, Type<?> keyType, Function function) implements Stateful {
        /**
         * A function of two inputs and what it declared.
         *
         * @param factory creates the function object of a subtask
         * @param aggregators by the names of their states
         */
        public record Function(
                Factory<? extends CoProcessFunction<Object, Object, Object, Object>> factory,
                Declarations declarations,
                java.util.Map<String, Aggregator<Object, Object, Object>> aggregators,
                List<Side<?>> sides)
                implements Declared {
            /** Copies the collections. */
            public Function {
                aggregators = java.util.Map.copyOf(aggregators);
                sides = List.copyOf(sides);
            }
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.coProcess(this);
        }
    }

    /**
     * Processes values of a keyed input, which is the first, by a function with state that holds
     * for all keys. The second input is a broadcast: its values change that state. Each value sees
     * exactly the changes up to its own time, so it waits for the watermark.
     *
     * @param waiting what waits
     */
    record BroadcastProcess(Head head, Type<?> keyType, Waiting waiting, Function function)
            implements Stateful {
        /**
         * What waits until the watermark reaches its time.
         *
         * @param valueType the values of the first input
         * @param controlType the values of the second input
         * @param late takes values of the first input that come too late; null to count and sample
         *     them
         */
        public record Waiting(Type<?> valueType, Type<?> controlType, Side<?> late) {}

        /**
         * A function with broadcast state and what it declared.
         *
         * @param factory creates the function object of a subtask
         * @param aggregators by the names of their states
         */
        public record Function(
                Factory<? extends BroadcastProcessFunction<Object, Object, Object, Object>> factory,
                Declarations declarations,
                java.util.Map<String, Aggregator<Object, Object, Object>> aggregators,
                List<Side<?>> sides)
                implements Declared {
            /** Copies the collections. */
            public Function {
                aggregators = java.util.Map.copyOf(aggregators);
                sides = List.copyOf(sides);
            }
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.broadcastProcess(this);
        }
    }

    /**
     * Aggregates the values of each key in windows.
     *
     * @param windows which windows a value belongs to
     * @param firing when they fire, and for how long
     * @param output what is made of a result
     */
    record Window(
            Head head,
            Type<?> keyType,
            WindowShape windows,
            Firing firing,
            Aggregator<Object, Object, Object> aggregator,
            WindowOutput output)
            implements Step {
        /**
         * When windows fire, and for how long.
         *
         * @param allowedLatenessMillis how long a window is kept behind its end
         * @param late takes the values that come too late; null to count and sample them
         * @param onePhase whether values are aggregated behind the exchange only, never before it
         * @param triggered what decides when they fire; null for the end of the window, and each
         *     value behind it, accumulating
         */
        public record Firing(
                long allowedLatenessMillis, Side<?> late, boolean onePhase, Triggered triggered) {
            /** Windows that fire once and are not kept; late values are counted and sampled. */
            public static final Firing ONCE = new Firing(0, null, false, null);
        }

        /**
         * A trigger, and what a firing shows.
         *
         * @param factory creates the trigger of a subtask
         * @param trigger its name, for people; stands in checkpoints
         * @param accumulating whether a pane shows all values, not those since the pane before
         * @param declarations what the trigger keeps per window
         */
        public record Triggered(
                Factory<? extends Trigger<Object>> factory,
                String trigger,
                boolean accumulating,
                Declarations declarations) {}

        /** Returns what takes late values, or null; short for {@code firing().late()}. */
        public Side<?> late() {
            return firing.late();
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.window(this);
        }
    }

    /**
     * For every value, aggregates over the values of its key up to it.
     *
     * @param late takes the values that come too late; null to count and sample them
     * @param function makes the output of a value and its results, one per width
     */
    record LookBack(
            Head head,
            Type<?> keyType,
            Widths widths,
            Side<?> late,
            Aggregator<Object, Object, Object> aggregator,
            Fn2<Object, List<Object>, Object> function)
            implements Step {
        /**
         * How far back, and when.
         *
         * @param millis the widths, in the order of the results
         * @param ordered whether a value waits until the watermark reaches its time
         * @param valueType the values that wait
         */
        public record Widths(List<Long> millis, boolean ordered, Type<?> valueType) {
            /** Copies the list. */
            public Widths {
                millis = List.copyOf(millis);
            }
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.lookBack(this);
        }
    }

    /**
     * Emits the values of each key in the order of their times.
     *
     * @param late takes the values that come too late; null to count and sample them
     */
    record SortByTime(Head head, Type<?> keyType, Room room, Side<?> late) implements Step {
        /**
         * Where values wait until the watermark reaches their time.
         *
         * @param waitingMax how many of one key
         * @param releases whether the earliest goes on when there are more; else the job fails
         * @param valueType the values
         */
        public record Room(int waitingMax, boolean releases, Type<?> valueType) {}

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.sortByTime(this);
        }
    }

    /** Emits the dead letters of all steps before which none was asked for. */
    record DeadLetters(Head head) implements Step {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.deadLetters(this);
        }
    }

    /** Writes to a sink. */
    record Write(Head head, Sink<Object> sink) implements Step {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.write(this);
        }
    }

    /** Calls an action for each value, at least once. */
    record ForEach(Head head, Action<Object> action) implements Step {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.forEach(this);
        }
    }

    /**
     * Does one thing for each kind of step.
     *
     * @param <R> what it returns
     */
    interface Visitor<R> {
        /** Visits a source. */
        R read(Read step);

        /** Visits a map. */
        R map(Map step);

        /** Visits a map with the key. */
        R mapWithKey(MapWithKey step);

        /** Visits a filter. */
        R filter(Filter step);

        /** Visits a flat map. */
        R flatMap(FlatMap step);

        /** Visits a merge. */
        R merge(Merge step);

        /** Visits a rebalance. */
        R rebalance(Rebalance step);

        /** Visits a partition-by. */
        R partitionBy(PartitionBy step);

        /** Visits a broadcast. */
        R broadcast(Broadcast step);

        /** Visits a key-by. */
        R keyBy(KeyBy step);

        /** Visits a process function. */
        R process(Process step);

        /** Visits a process function of two inputs. */
        R coProcess(CoProcess step);

        /** Visits a process function with broadcast state. */
        R broadcastProcess(BroadcastProcess step);

        /** Visits a windowed aggregate. */
        R window(Window step);

        /** Visits a look-back aggregate. */
        R lookBack(LookBack step);

        /** Visits a sort by time. */
        R sortByTime(SortByTime step);

        /** Visits the dead letters. */
        R deadLetters(DeadLetters step);

        /** Visits a sink. */
        R write(Write step);

        /** Visits an action. */
        R forEach(ForEach step);
    }
}
