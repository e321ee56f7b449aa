package io.headrace.kernel.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headrace.type.DecodeException;
import io.headrace.type.Default;
import io.headrace.type.Named;
import io.headrace.type.Schema;
import io.headrace.type.Type;
import io.headrace.type.Was;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SchemaTextTest {
    @Named("quo\"te\\d\n🂡")
    record Odd(@Was("wäs") @Default("\t") String now, int plain) {}

    private static List<Schema> schemas() {
        List<Schema> schemas = new ArrayList<>();
        for (Schema.Kind kind : Schema.Kind.values()) {
            schemas.add(new Schema.Scalar(kind));
        }
        Samples.types().forEach(type -> schemas.add(type.schema()));
        schemas.add(Type.of(Odd.class).schema());
        return schemas;
    }

    @Test
    void textsAreFrozen() throws IOException {
        GoldenFile.require("schema-text.txt", schemas().stream().map(SchemaText::write).toList());
    }

    @Test
    void readsBackWhatItWrote() {
        for (Schema schema : schemas()) {
            assertThat(SchemaText.parse(SchemaText.write(schema))).isEqualTo(schema);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "long",
                "LONG ",
                "list<>",
                "list<LONG,LONG>",
                "map<LONG>",
                "record \"a\"{\"x\":LONG,\"x\":LONG}",
                "enum \"a\"{\"X\",\"X\"}",
                "sealed \"a\"{LONG}",
                "codec \"a\" 01",
                "codec \"a\" 99999999999",
                "enum \"\\u0041\"{}",
                "enum \"a{}"
            })
    void refusesWhatIsNotTheCanonicalTextOfASchema(String text) {
        assertThatThrownBy(() -> SchemaText.parse(text)).isInstanceOf(DecodeException.class);
    }

    @Test
    void refusesNestingThatWouldOverflowTheStack() {
        String text = "list<".repeat(100_000);

        assertThatThrownBy(() -> SchemaText.parse(text))
                .isInstanceOf(DecodeException.class)
                .hasMessageContaining("levels");
    }

    @Test
    void damagedTextsAreASchemaOrADecodeException() {
        SplittableRandom random = new SplittableRandom(5);
        List<String> texts = schemas().stream().map(SchemaText::write).toList();
        for (int i = 0; i < 20_000; i++) {
            StringBuilder text = new StringBuilder(texts.get(random.nextInt(texts.size())));
            int at = random.nextInt(text.length());
            switch (random.nextInt(3)) {
                case 0 -> text.setLength(at);
                case 1 -> text.deleteCharAt(at);
                default -> text.setCharAt(at, (char) random.nextInt(128));
            }
            try {
                assertThat(SchemaText.parse(text.toString())).isNotNull();
            } catch (DecodeException expected) {
                assertThat(expected).hasMessageContaining("character");
            }
        }
    }
}
