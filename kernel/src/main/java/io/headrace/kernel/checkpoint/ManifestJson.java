package io.headrace.kernel.checkpoint;

/** A manifest as JSON: stable order, one form. */
public final class ManifestJson {
    private ManifestJson() {}

    /** Returns the JSON in UTF-8. */
    public static byte[] write(Manifest manifest) {
        throw new UnsupportedOperationException(manifest.toString());
    }

    /**
     * Reads JSON. Total: bounded in depth and size. A field it does not know is refused unless its
     * name begins with {@code x-}.
     *
     * @throws io.headrace.type.DecodeException naming the place
     */
    public static Manifest parse(byte[] json) {
        throw new UnsupportedOperationException(json.length + " bytes");
    }
}
