package io.headrace.kernel.checkpoint;

import io.headrace.type.DecodeException;
import java.nio.charset.StandardCharsets;

/**
 * A manifest as JSON: stable order, one form. The last member is the SHA-256 of everything before
 * it, so that every changed bit is found.
 */
public final class ManifestJson {
    /** Far more than a manifest of ten thousand splits; a longer file is not read. */
    public static final int SIZE_BYTES_MAX = 64 * 1024 * 1024;

    private static final String CHECKSUM = ",\n\"sha256\":\"";
    private static final String END = "\"}\n";

    private ManifestJson() {}

    /** Returns the JSON in UTF-8. */
    public static byte[] write(Manifest manifest) {
        JsonWriter json = new JsonWriter();
        json.object(() -> new ManifestWriter(json).members(manifest));
        String closed = json.toString();
        byte[] body = utf8(closed.substring(0, closed.length() - 1));
        byte[] whole = utf8(closed.substring(0, closed.length() - 1) + end(body, body.length));
        if (whole.length > SIZE_BYTES_MAX) {
            throw new IllegalStateException(
                    "a manifest of " + whole.length + " bytes, at most " + SIZE_BYTES_MAX);
        }
        return whole;
    }

    /**
     * Reads JSON. Total: bounded in depth and size. A field it does not know is refused unless its
     * name begins with {@code x-}.
     *
     * @throws DecodeException naming the place
     */
    public static Manifest parse(byte[] json) {
        int bodyLength = json.length - end(json, 0).length();
        if (json.length > SIZE_BYTES_MAX || bodyLength < 0) {
            throw new DecodeException("a manifest has not " + json.length + " bytes");
        }
        String expected = end(json, bodyLength);
        String found =
                new String(json, bodyLength, json.length - bodyLength, StandardCharsets.ISO_8859_1);
        if (!found.equals(expected)) {
            throw new DecodeException("a manifest does not match the SHA-256 at its end");
        }
        try {
            return JsonObject.of("manifest", JsonReader.read(json))
                    .complete(ManifestReader::manifest);
        } catch (IllegalArgumentException | NullPointerException refused) {
            throw new DecodeException("manifest: " + refused.getMessage(), refused);
        }
    }

    private static String end(byte[] json, int bodyLength) {
        return CHECKSUM + Sha256.of(json, bodyLength) + END;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
