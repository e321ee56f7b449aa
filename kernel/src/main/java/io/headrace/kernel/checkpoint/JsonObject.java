package io.headrace.kernel.checkpoint;

import io.headrace.type.DecodeException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** Takes the members of an object one by one and refuses what nobody took. */
final class JsonObject {
    private final String path;
    private final Map<?, ?> members;
    private final Set<String> taken = new HashSet<>();

    private JsonObject(String path, Map<?, ?> members) {
        this.path = path;
        this.members = members;
    }

    static JsonObject of(String path, Object value) {
        if (!(value instanceof Map<?, ?> members)) {
            throw new DecodeException(path + ": expected an object");
        }
        return new JsonObject(path, members);
    }

    boolean has(String name) {
        return members.get(name) != null;
    }

    String text(String name) {
        return typed(name, String.class, "a string");
    }

    String textOrNull(String name) {
        return has(name) ? text(name) : null;
    }

    long number(String name) {
        return typed(name, Long.class, "an integer");
    }

    int smallNumber(String name) {
        long value = number(name);
        if (value != (int) value) {
            throw wrong(name, "an integer of 32 bits");
        }
        return (int) value;
    }

    boolean flag(String name) {
        return typed(name, Boolean.class, "true or false");
    }

    Blob bytes(String name) {
        String text = text(name);
        try {
            Blob blob = new Blob(Base64.getDecoder().decode(text));
            if (Base64.getEncoder().encodeToString(blob.bytes()).equals(text)) {
                return blob;
            }
        } catch (IllegalArgumentException malformed) {
            throw wrong(name, "bytes in Base64");
        }
        throw wrong(name, "bytes in canonical Base64");
    }

    JsonObject object(String name) {
        taken.add(name);
        return of(path + "." + name, members.get(name));
    }

    List<Long> numbers(String name) {
        List<Long> numbers = new ArrayList<>();
        for (Object element : typed(name, List.class, "an array")) {
            if (!(element instanceof Long number)) {
                throw wrong(name, "an array of integers");
            }
            numbers.add(number);
        }
        return numbers;
    }

    <E> List<E> list(String name, Function<JsonObject, E> read) {
        List<E> elements = new ArrayList<>();
        for (Object element : typed(name, List.class, "an array")) {
            JsonObject object = of(path + "." + name + "[" + elements.size() + "]", element);
            elements.add(object.complete(read));
        }
        return elements;
    }

    /** Reads the object and then checks that every member was taken or begins with x-. */
    <E> E complete(Function<JsonObject, E> read) {
        E value = read.apply(this);
        for (Object name : members.keySet()) {
            if (!taken.contains(name) && !((String) name).startsWith("x-")) {
                throw new DecodeException(
                        path
                                + ": field \""
                                + name
                                + "\" is not known to this release: use the release that wrote it");
            }
        }
        return value;
    }

    /** Returns the names of all members and takes them. */
    List<String> names() {
        List<String> names = members.keySet().stream().map(String.class::cast).toList();
        taken.addAll(names);
        return names;
    }

    DecodeException wrong(String name, String expected) {
        return new DecodeException(path + "." + name + ": expected " + expected);
    }

    private <E> E typed(String name, Class<E> type, String expected) {
        taken.add(name);
        Object value = members.get(name);
        if (!type.isInstance(value)) {
            throw wrong(name, expected);
        }
        return type.cast(value);
    }
}
