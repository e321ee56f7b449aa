package io.headrace.formats;

/** The three bytes that some programs write before UTF-8. */
final class ByteOrderMark {
    private static final byte[] MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    private ByteOrderMark() {}

    /** Returns 3, or 0 if there is none, or {@link Decoder#MORE_BYTES_NEEDED}. */
    static int length(byte[] bytes, int length, boolean end) {
        for (int at = 0; at < MARK.length; at++) {
            if (at == length) {
                return end ? 0 : Decoder.MORE_BYTES_NEEDED;
            }
            if (bytes[at] != MARK[at]) {
                return 0;
            }
        }
        return MARK.length;
    }
}
