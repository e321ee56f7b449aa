package io.headrace.conformance.scenario;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One line of a pipeline: {@code name = operator input input option=value …}.
 *
 * @param name the stream behind the step
 * @param operator what it does
 * @param inputs the streams before it
 * @param options by name; in the order in which they are written
 */
public record StepLine(
        String name, String operator, List<String> inputs, Map<String, String> options) {
    /** Copies the collections. */
    public StepLine {
        inputs = List.copyOf(inputs);
        options = new LinkedHashMap<>(options);
    }

    static StepLine parse(String line) {
        String[] words = line.trim().split("\\s+");
        if (words.length < 3 || !words[1].equals("=")) {
            throw new IllegalArgumentException(
                    "a step reads: name = operator input option=value, found: " + line);
        }
        List<String> inputs = new ArrayList<>();
        Map<String, String> options = new LinkedHashMap<>();
        for (int i = 3; i < words.length; i++) {
            int equals = words[i].indexOf('=');
            if (equals < 0) {
                inputs.add(words[i]);
            } else {
                options.put(words[i].substring(0, equals), words[i].substring(equals + 1));
            }
        }
        return new StepLine(words[0], words[2], inputs, options);
    }

    /** Returns an option that must be there. */
    public String option(String option) {
        String value = options.get(option);
        if (value == null) {
            throw new IllegalArgumentException("step " + name + " needs " + option + "=…");
        }
        return value;
    }

    /** Returns an option that is a number. */
    public long number(String option, long otherwise) {
        String value = options.get(option);
        return value == null ? otherwise : Long.parseLong(value);
    }

    /** Returns the names of the streams that it makes besides its main one. */
    public List<String> sides() {
        return List.of("late", "side").stream()
                .filter(options::containsKey)
                .map(options::get)
                .toList();
    }

    /** Returns the line with another option. */
    public StepLine with(String option, String value) {
        Map<String, String> changed = new LinkedHashMap<>(options);
        changed.put(option, value);
        return new StepLine(name, operator, inputs, changed);
    }

    /** Returns the line without an option. */
    public StepLine without(String option) {
        Map<String, String> changed = new LinkedHashMap<>(options);
        changed.remove(option);
        return new StepLine(name, operator, inputs, changed);
    }

    /** Returns the line with other inputs. */
    public StepLine from(List<String> others) {
        return new StepLine(name, operator, others, options);
    }

    @Override
    public String toString() {
        StringBuilder line = new StringBuilder(name + " = " + operator);
        inputs.forEach(input -> line.append(' ').append(input));
        options.forEach((key, value) -> line.append(' ').append(key).append('=').append(value));
        return line.toString();
    }
}
