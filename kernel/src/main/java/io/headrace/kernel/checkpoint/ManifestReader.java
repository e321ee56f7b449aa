package io.headrace.kernel.checkpoint;

import io.headrace.connector.Lineage;
import io.headrace.connector.Piece;
import io.headrace.kernel.time.SplitTime;
import io.headrace.type.DecodeException;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Reads the members of a manifest. */
final class ManifestReader {
    private ManifestReader() {}

    static Manifest manifest(JsonObject json) {
        int format = json.smallNumber("format");
        if (format != Manifest.FORMAT) {
            throw new DecodeException(
                    "manifest of format "
                            + format
                            + ", this release reads "
                            + Manifest.FORMAT
                            + ": use the release that wrote it");
        }
        json.text("sha256"); // Was checked before.
        Manifest.Head head = head(json);
        return new Manifest(
                head,
                json.list("steps", step -> step(step, head.keyGroups())),
                json.list("sources", ManifestReader::source),
                json.list("sinks", ManifestReader::sink),
                counters(json));
    }

    private static Manifest.Head head(JsonObject json) {
        int keyGroups = json.smallNumber("keyGroups");
        if (Integer.bitCount(keyGroups) != 1 || keyGroups < 0) {
            throw json.wrong("keyGroups", "a power of two");
        }
        return new Manifest.Head(
                json.text("job"),
                lineage(json),
                json.number("epoch"),
                keyGroups,
                json.flag("finished"),
                json.text("fingerprint"));
    }

    private static Lineage lineage(JsonObject json) {
        String id = json.text("lineage");
        if (!json.has("parent")) {
            return new Lineage(id, "", 0);
        }
        return json.object("parent")
                .complete(
                        parent -> new Lineage(id, parent.text("lineage"), parent.number("epoch")));
    }

    private static Manifest.StepState step(JsonObject json, int keyGroups) {
        StepSchema schema =
                new StepSchema(
                        json.text("name"),
                        json.text("type"),
                        json.smallNumber("stateVersion"),
                        json.textOrNull("keySchema"),
                        json.list("states", ManifestReader::state));
        List<Long> watermarks = json.numbers("watermarks");
        if (watermarks.size() != keyGroups) {
            throw json.wrong("watermarks", "one number per key group, " + keyGroups);
        }
        return new Manifest.StepState(
                schema,
                shape(json.object("shape")),
                watermarks,
                json.list("files", ManifestReader::file));
    }

    private static SortedMap<String, String> shape(JsonObject json) {
        SortedMap<String, String> shape = new TreeMap<>();
        json.names().forEach(part -> shape.put(part, json.text(part)));
        return shape;
    }

    private static StepSchema.StateSchema state(JsonObject json) {
        StateKind kind = StateKind.ofText(json.text("kind"));
        if (kind == null) {
            throw json.wrong("kind", "a kind of state that this release knows");
        }
        return new StepSchema.StateSchema(
                json.text("name"), kind, json.textOrNull("keySchema"), json.text("valueSchema"));
    }

    private static FileEntry file(JsonObject json) {
        String name = Store.requireName(json.text("name"));
        return new FileEntry(name, json.number("length"), json.text("sha256"));
    }

    private static Manifest.SourceState source(JsonObject json) {
        return new Manifest.SourceState(
                json.text("step"),
                json.has("enumerator") ? json.bytes("enumerator") : null,
                json.list("splits", ManifestReader::split),
                json.has("redriven") ? json.number("redriven") : 0);
    }

    private static Manifest.SplitState split(JsonObject json) {
        return new Manifest.SplitState(
                json.text("id"),
                json.object("split").complete(ManifestReader::encoded),
                json.has("position")
                        ? json.object("position").complete(ManifestReader::encoded)
                        : null,
                new SplitTime(
                        json.number("maxTimestamp"),
                        json.number("records"),
                        json.has("generator") ? json.numbers("generator") : List.of()));
    }

    private static Manifest.Encoded encoded(JsonObject json) {
        return new Manifest.Encoded(
                json.text("codec"), json.smallNumber("version"), json.bytes("bytes"));
    }

    private static Manifest.SinkState sink(JsonObject json) {
        return new Manifest.SinkState(
                json.text("step"),
                json.text("target"),
                json.number("epoch"),
                json.list("pieces", ManifestReader::piece));
    }

    private static Piece piece(JsonObject json) {
        return new Piece(
                json.text("pending"),
                json.text("target"),
                json.number("length"),
                json.text("sha256"));
    }

    private static Map<String, Map<String, Long>> counters(JsonObject json) {
        Map<String, Map<String, Long>> counters = new TreeMap<>();
        if (!json.has("x-counters")) {
            return counters;
        }
        JsonObject steps = json.object("x-counters");
        for (String step : steps.names()) {
            JsonObject values = steps.object(step);
            Map<String, Long> byName = new TreeMap<>();
            values.names().forEach(name -> byName.put(name, values.number(name)));
            counters.put(step, byName);
        }
        return counters;
    }
}
