package io.headrace.kernel.codec;

/** MurmurHash3, 32 bits, seed 0; after the public description by its author. */
final class Murmur {
    private Murmur() {}

    static int hash(byte[] bytes) {
        int hash = 0;
        int position = 0;
        while (position + 4 <= bytes.length) {
            int block =
                    bytes[position] & 0xFF
                            | (bytes[position + 1] & 0xFF) << 8
                            | (bytes[position + 2] & 0xFF) << 16
                            | (bytes[position + 3] & 0xFF) << 24;
            hash = Integer.rotateLeft(hash ^ mix(block), 13) * 5 + 0xE6546B64;
            position += 4;
        }
        int tail = 0;
        for (int i = bytes.length - 1; i >= position; i--) {
            tail = tail << 8 | bytes[i] & 0xFF;
        }
        return finish(hash ^ mix(tail) ^ bytes.length);
    }

    private static int mix(int block) {
        return Integer.rotateLeft(block * 0xCC9E2D51, 15) * 0x1B873593;
    }

    private static int finish(int value) {
        int hash = value;
        hash ^= hash >>> 16;
        hash *= 0x85EBCA6B;
        hash ^= hash >>> 13;
        hash *= 0xC2B2AE35;
        return hash ^ hash >>> 16;
    }
}
