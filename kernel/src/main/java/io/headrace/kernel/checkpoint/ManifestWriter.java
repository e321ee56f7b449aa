package io.headrace.kernel.checkpoint;

import io.headrace.connector.Lineage;
import io.headrace.connector.Piece;
import java.util.TreeMap;

/** Writes the members of a manifest in their order. What is null is left out. */
final class ManifestWriter {
    private final JsonWriter json;

    ManifestWriter(JsonWriter json) {
        this.json = json;
    }

    void members(Manifest manifest) {
        json.name("format").number(Manifest.FORMAT);
        head(manifest.head());
        json.name("steps").array(manifest.steps(), this::step);
        json.name("sources").array(manifest.sources(), this::source);
        json.name("sinks").array(manifest.sinks(), this::sink);
        json.name("x-counters")
                .object(
                        () ->
                                manifest.counters()
                                        .forEach(
                                                (step, values) ->
                                                        counters(step, new TreeMap<>(values))));
    }

    private void head(Manifest.Head head) {
        Lineage lineage = head.lineage();
        json.name("job").text(head.job());
        json.name("lineage").text(lineage.id());
        if (!lineage.parentId().isEmpty()) {
            json.name("parent")
                    .object(
                            () -> {
                                json.name("lineage").text(lineage.parentId());
                                json.name("epoch").number(lineage.parentEpoch());
                            });
        }
        json.name("epoch").number(head.epoch());
        json.name("keyGroups").number(head.keyGroups());
        json.name("finished").flag(head.finished());
        json.name("fingerprint").text(head.fingerprint());
    }

    private void step(Manifest.StepState step) {
        StepSchema schema = step.schema();
        json.object(
                () -> {
                    json.name("name").text(schema.step());
                    json.name("type").text(schema.type());
                    json.name("stateVersion").number(schema.version());
                    textUnlessNull("keySchema", schema.keySchema());
                    json.name("states").array(schema.states(), this::state);
                    json.name("shape")
                            .object(
                                    () ->
                                            step.shape()
                                                    .forEach(
                                                            (part, value) ->
                                                                    json.name(part).text(value)));
                    json.name("watermarks").array(step.watermarks(), json::number);
                    json.name("files").array(step.files(), this::file);
                });
    }

    private void state(StepSchema.StateSchema state) {
        json.object(
                () -> {
                    json.name("name").text(state.name());
                    json.name("kind").text(state.kind().text());
                    textUnlessNull("keySchema", state.keySchema());
                    json.name("valueSchema").text(state.valueSchema());
                });
    }

    private void file(FileEntry file) {
        json.object(
                () -> {
                    json.name("name").text(file.name());
                    json.name("length").number(file.length());
                    json.name("sha256").text(file.sha256());
                });
    }

    private void source(Manifest.SourceState source) {
        json.object(
                () -> {
                    json.name("step").text(source.step());
                    if (source.enumerator() != null) {
                        json.name("enumerator").bytes(source.enumerator());
                    }
                    json.name("splits").array(source.splits(), this::split);
                    if (source.redriven() != 0) {
                        json.name("redriven").number(source.redriven());
                    }
                });
    }

    private void split(Manifest.SplitState split) {
        json.object(
                () -> {
                    json.name("id").text(split.id());
                    encoded("split", split.split());
                    if (split.position() != null) {
                        encoded("position", split.position());
                    }
                    json.name("maxTimestamp").number(split.time().maxTimestamp());
                    json.name("records").number(split.time().records());
                    if (!split.time().generator().isEmpty()) {
                        json.name("generator").array(split.time().generator(), json::number);
                    }
                });
    }

    private void encoded(String name, Manifest.Encoded encoded) {
        json.name(name)
                .object(
                        () -> {
                            json.name("codec").text(encoded.codec());
                            json.name("version").number(encoded.version());
                            json.name("bytes").bytes(encoded.value());
                        });
    }

    private void sink(Manifest.SinkState sink) {
        json.object(
                () -> {
                    json.name("step").text(sink.step());
                    json.name("target").text(sink.target());
                    json.name("epoch").number(sink.epoch());
                    json.name("pieces").array(sink.pieces(), this::piece);
                });
    }

    private void piece(Piece piece) {
        json.object(
                () -> {
                    json.name("pending").text(piece.pending());
                    json.name("target").text(piece.target());
                    json.name("length").number(piece.length());
                    json.name("sha256").text(piece.sha256());
                });
    }

    private void counters(String step, TreeMap<String, Long> values) {
        json.name(step)
                .object(() -> values.forEach((counter, value) -> json.name(counter).number(value)));
    }

    private void textUnlessNull(String name, String value) {
        if (value != null) {
            json.name(name).text(value);
        }
    }
}
