package io.headrace.kernel.plan;

import io.headrace.graph.Input;
import io.headrace.graph.Step;
import io.headrace.kernel.chain.Chain;
import io.headrace.kernel.chain.ChainWiring;
import io.headrace.kernel.chain.Edge;
import io.headrace.kernel.chain.FanOut;
import io.headrace.kernel.chain.KeySlot;
import io.headrace.kernel.chain.Operator;
import io.headrace.kernel.chain.OperatorContext;
import io.headrace.kernel.chain.Port;
import io.headrace.kernel.function.KeySource;
import io.headrace.kernel.state.KeyedState;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Creates the operators of one subtask of a chain, connects them with each other and with the edges
 * that leave the chain, and opens them. The same on every host. Used once per subtask, before
 * anything runs.
 */
public final class ChainAssembly {
    private final Plan plan;
    private final PlannedChain planned;
    private final Host host;
    private final KeySlot slot = new KeySlot();
    private final Map<Integer, Operator> operators = new LinkedHashMap<>();
    private Map<PlannedEdge, ? extends Edge> edges;

    /** What the host of a chain has a part in. */
    public interface Host {
        /** Returns what takes the records of an input of a step: the given port, or one before. */
        default Port input(Step step, Operator operator, Port port) {
            return port;
        }

        /** Returns what takes what a step emits: the given port, or one before it. */
        default Port output(Step step, Port port) {
            return port;
        }

        /**
         * Returns what an operator is opened with. Creates its state, and fills it from what was
         * saved.
         *
         * @param slot the key slot of the operator
         */
        OperatorContext context(Step step, Operator operator, KeySlot slot) throws IOException;

        /** An operator is open. */
        default void opened(Step step, Operator operator, OperatorContext context) {}
    }

    /** Creates the operators. */
    public ChainAssembly(Plan plan, PlannedChain planned, OperatorFactory factory, Host host) {
        this.plan = plan;
        this.planned = planned;
        this.host = host;
        for (int id : planned.steps()) {
            operators.put(id, plan.graph().step(id).accept(factory));
        }
    }

    /**
     * Connects and opens the operators, in the order of the chain.
     *
     * @param leaving the edges that leave the chain
     */
    public Chain assemble(Map<PlannedEdge, ? extends Edge> leaving) throws IOException {
        edges = leaving;
        planned.steps().forEach(this::connect);
        Map<Integer, KeyedState> states = new LinkedHashMap<>();
        for (int id : planned.steps()) {
            Step step = plan.graph().step(id);
            boolean hasKey = step instanceof Step.KeyBy || plan.keyed(step);
            Operator operator = operators.get(id);
            OperatorContext context = host.context(step, operator, hasKey ? slot : new KeySlot());
            operator.open(context);
            host.opened(step, operator, context);
            if (context.state() != null) {
                states.put(id, context.state());
            }
        }
        announceKeys(states);
        return new Chain(wiring());
    }

    /** Returns the operator of a step. */
    public Operator operator(int step) {
        return operators.get(step);
    }

    /**
     * Returns where the key of a record stands: one that comes into the chain with its key is
     * preceded by it, and one that leaves takes it from there.
     */
    public KeySlot slot() {
        return slot;
    }

    /** Connects every output of a step that somebody reads. */
    private void connect(int id) {
        Operator operator = operators.get(id);
        Map<String, List<Port>> readers = new LinkedHashMap<>();
        for (Step step : plan.graph().steps()) {
            List<Input> inputs = plan.inputs(step);
            for (int input = 0; input < inputs.size(); input++) {
                if (inputs.get(input).step() == id) {
                    readers.computeIfAbsent(inputs.get(input).side(), side -> new ArrayList<>())
                            .add(readerOf(step, input));
                }
            }
        }
        readers.forEach(
                (side, ports) -> {
                    Port fan = FanOut.of(slot, ports.toArray(Port[]::new));
                    Port port = host.output(plan.graph().step(id), fan);
                    if (side == null) {
                        operator.connect(port);
                    } else if (side.equals(Plan.DEAD_LETTERS)) {
                        operator.connectDeadLetters(port);
                    } else {
                        operator.connectSide(side, port);
                    }
                });
    }

    /** Returns the port that takes records for an input of a step: an operator or an edge. */
    private Port readerOf(Step step, int input) {
        for (Map.Entry<PlannedEdge, ? extends Edge> edge : edges.entrySet()) {
            if (edge.getKey().toStep() == step.id() && edge.getKey().toInput() == input) {
                return edge.getValue();
            }
        }
        return port(step.id(), input);
    }

    private Port port(int step, int input) {
        Operator operator = operators.get(step);
        Port port =
                input == 0
                        ? operator
                        : (value, timestamp) -> operator.process(input, value, timestamp);
        return host.input(plan.graph().step(step), operator, port);
    }

    /** Lets each keyBy tell its keys to the state of the steps that read it. */
    private void announceKeys(Map<Integer, KeyedState> states) {
        operators.forEach(
                (id, operator) -> {
                    if (operator instanceof KeySource keyBy) {
                        keyBy.announceTo(statesBehind(id, states));
                    }
                });
    }

    private List<KeyedState> statesBehind(int keyBy, Map<Integer, KeyedState> states) {
        List<KeyedState> behind = new ArrayList<>();
        states.forEach(
                (id, state) -> {
                    List<Input> inputs = plan.inputs(plan.graph().step(id));
                    if (inputs.stream().anyMatch(input -> input.step() == keyBy)) {
                        behind.add(state);
                    }
                });
        return behind;
    }

    private ChainWiring wiring() {
        List<Integer> steps = planned.steps();
        List<PlannedEdge> into = plan.edgesInto(planned);
        int[][] inputs = new int[steps.size()][];
        Edge[][] out = new Edge[steps.size()][];
        for (int i = 0; i < inputs.length; i++) {
            int id = steps.get(i);
            inputs[i] = inputsOf(id, into);
            out[i] =
                    edges.entrySet().stream()
                            .filter(edge -> edge.getKey().from().step() == id)
                            .map(Map.Entry::getValue)
                            .toArray(Edge[]::new);
        }
        Port[] entries =
                into.isEmpty()
                        ? new Port[] {port(steps.get(0), 0)}
                        : into.stream()
                                .map(edge -> port(edge.toStep(), edge.toInput()))
                                .toArray(Port[]::new);
        return new ChainWiring(operators.values().toArray(Operator[]::new), inputs, entries, out);
    }

    private int[] inputsOf(int id, List<PlannedEdge> into) {
        List<Input> inputs = plan.inputs(plan.graph().step(id));
        if (inputs.isEmpty()) {
            return new int[] {~0}; // A source: what reads it is input 0 of the chain.
        }
        int[] indexes = new int[inputs.size()];
        for (int input = 0; input < indexes.length; input++) {
            indexes[input] = planned.steps().indexOf(inputs.get(input).step());
            for (int edge = 0; edge < into.size(); edge++) {
                if (into.get(edge).toStep() == id && into.get(edge).toInput() == input) {
                    indexes[input] = ~edge;
                }
            }
        }
        return indexes;
    }
}
