package io.headrace.kernel.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headrace.connector.Lineage;
import io.headrace.connector.Piece;
import io.headrace.kernel.time.SplitTime;
import io.headrace.type.DecodeException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ManifestJsonTest {
    private static final String SHA = "ab".repeat(32);

    private static Manifest sample() {
        StepSchema schema =
                new StepSchema(
                        "spend \"1m\"",
                        "window",
                        1,
                        "STRING",
                        List.of(
                                new StepSchema.StateSchema(
                                        "slices", StateKind.MAP, "LONG", "DECIMAL"),
                                new StepSchema.StateSchema(
                                        "timers", StateKind.TIMERS, null, "LONG")));
        Manifest.Encoded split = new Manifest.Encoded("file", 1, new Blob(new byte[] {1, -2}));
        Manifest.Encoded position = new Manifest.Encoded("offset", 2, new Blob(new byte[0]));
        return new Manifest(
                new Manifest.Head(
                        "card-fraud",
                        new Lineage("0123456789abcdef", "fedcba9876543210", 41),
                        42,
                        2,
                        false,
                        "f1"),
                List.of(
                        new Manifest.StepState(
                                schema,
                                new TreeMap<>(Map.of("size", "PT1M", "offset", "PT0S")),
                                List.of(Long.MIN_VALUE, 7L),
                                List.of(new FileEntry("spend/kg-000-001.hrs", 99, SHA)))),
                List.of(
                        new Manifest.SourceState(
                                "payments",
                                new Blob(new byte[] {3}),
                                List.of(
                                        new Manifest.SplitState(
                                                "a",
                                                split,
                                                position,
                                                new SplitTime(5, 6, List.of(4L, -1L))),
                                        new Manifest.SplitState(
                                                "b", split, null, new SplitTime(0, 0, List.of())))),
                        new Manifest.SourceState("ticks", null, List.of())),
                List.of(
                        new Manifest.SinkState(
                                "alerts",
                                "/var/alerts",
                                3,
                                List.of(new Piece("p", "täget\n🂡", 10, SHA)))),
                Map.of("payments", Map.of("read", 6L, "emitted", 5L)));
    }

    @Test
    void theFormIsFrozen() throws IOException {
        try (InputStream in = ManifestJsonTest.class.getResourceAsStream("manifest.json")) {
            String golden = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            assertThat(new String(ManifestJson.write(sample()), StandardCharsets.UTF_8))
                    .isEqualTo(golden);
        }
    }

    @Test
    void readsBackWhatItWrote() {
        assertThat(ManifestJson.parse(ManifestJson.write(sample()))).isEqualTo(sample());
    }

    @Test
    void findsEveryFlippedBit() {
        byte[] json = ManifestJson.write(sample());
        for (int bit = 0; bit < json.length * 8; bit++) {
            byte[] damaged = json.clone();
            damaged[bit / 8] ^= (byte) (1 << bit % 8);
            assertThatThrownBy(() -> ManifestJson.parse(damaged))
                    .isInstanceOf(DecodeException.class);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"job\":           | \"work\":            | manifest.job: expected a string",
                "\"format\":0       | \"format\":1         | manifest of format 1",
                "\"epoch\":42       | \"epoch\":42.5       | manifest.epoch: expected an integer",
                "\"epoch\":42       | \"epoch\":42,\"a\":1 | field \"a\" is not known",
                "\"keyGroups\":2    | \"keyGroups\":3      | manifest.keyGroups",
                "\"kind\":\"map\"   | \"kind\":\"bag\"     | manifest.steps[0].states[0].kind",
                "spend/kg           | ../kg                | is no name in a store",
                "0123456789abcdef   | 0123                 | 16 lower-case hexadecimal digits",
                "\"Af4=\"           | \"Af5=\"             | canonical Base64",
                "\"read\":6         | \"read\":\"6\"       | x-counters.payments.read",
                "54775808,7]        | 54775808]          | watermarks: expected one number",
                "\"PT1M\"           | 60                 | steps[0].shape.size: expected",
                "[4,-1]            | [4,\"1\"]          | sources[0].splits[0].generator",
                "\"splits\":[]      | \"splits\":[1]       | sources[1].splits[0]",
            })
    void namesThePlaceOfWhatItRefuses(String found, String instead, String message) {
        assertThatThrownBy(() -> ManifestJson.parse(changed(found, instead)))
                .isInstanceOf(DecodeException.class)
                .hasMessageContaining(message);
    }

    @Test
    void readsAllThatJsonHas() {
        String text =
                "[0, -0, 12, 9223372036854775807, -9223372036854775808, 0.5, -1e3, \"\", \"a b\","
                        + "\"a\\n\\u00e4\\\"\\\\z\", \"ä\", true, false, null]";

        assertThat(JsonReader.read(text.getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(
                        Arrays.asList(
                                0L,
                                0L,
                                12L,
                                Long.MAX_VALUE,
                                Long.MIN_VALUE,
                                0.5,
                                -1000.0,
                                "",
                                "a b",
                                "a\nä\"\\z",
                                "ä",
                                true,
                                false,
                                null));
    }

    @Test
    void skipsFieldsOfOthersAtEveryLevel() {
        String extra = "\"x-a\":{\"b\":[1.5e3,null,true]},";

        assertThat(ManifestJson.parse(changed("\"job\"", extra + "\"job\""))).isEqualTo(sample());
        assertThat(ManifestJson.parse(changed("\"kind\":\"map\"", extra + "\"kind\":\"map\"")))
                .isEqualTo(sample());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[",
                "{\"a\":1,\"a\":2}",
                "01",
                "1.",
                "9999999999999999999",
                "\"\\x\"",
                "\"\u0001\"",
                "{} {}",
                "nul",
                "[1,]",
                "{1:2}"
            })
    void refusesWhatIsNotJson(String text) {
        assertThatThrownBy(() -> JsonReader.read(text.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(DecodeException.class);
    }

    @Test
    void refusesNestingThatWouldOverflowTheStack() {
        byte[] deep = "[".repeat(100_000).getBytes(StandardCharsets.UTF_8);

        assertThatThrownBy(() -> JsonReader.read(deep))
                .isInstanceOf(DecodeException.class)
                .hasMessageContaining("levels");
    }

    @Test
    void damagedManifestsAreAManifestOrADecodeException() {
        SplittableRandom random = new SplittableRandom(11);
        String json = new String(ManifestJson.write(sample()), StandardCharsets.UTF_8);
        for (int i = 0; i < 5_000; i++) {
            int at = random.nextInt(json.length() - 100);
            int end = at + random.nextInt(20);
            String instead = List.of("", "0", "\"\"", "{}", "[]", "null").get(random.nextInt(6));
            try {
                ManifestJson.parse(signed(json.substring(0, at) + instead + json.substring(end)));
            } catch (DecodeException expected) {
                assertThat(expected).hasMessageMatching("(?s).+");
            }
        }
    }

    private static byte[] changed(String found, String instead) {
        String json = new String(ManifestJson.write(sample()), StandardCharsets.UTF_8);
        assertThat(json).contains(found);
        return signed(json.replaceFirst(java.util.regex.Pattern.quote(found), instead));
    }

    /** Puts the right checksum at the end, so that the fields themselves are looked at. */
    private static byte[] signed(String json) {
        int end = json.lastIndexOf(",\n\"sha256\"");
        byte[] body = json.substring(0, Math.max(end, 0)).getBytes(StandardCharsets.UTF_8);
        String checksum = Sha256.of(body, body.length);
        return (new String(body, StandardCharsets.UTF_8) + ",\n\"sha256\":\"" + checksum + "\"}\n")
                .getBytes(StandardCharsets.UTF_8);
    }
}
