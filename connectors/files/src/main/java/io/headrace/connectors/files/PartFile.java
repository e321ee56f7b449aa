package io.headrace.connectors.files;

import io.headrace.connector.Piece;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A pending part that is being written; its checksum is computed on the way. */
final class PartFile {
    private static final int READ_BYTES = 256 * 1024;

    private final Path pending;
    private final Path target;
    private final FileChannel channel;
    private final MessageDigest digest = sha256();
    private long length;

    private PartFile(Path pending, Path target, FileChannel channel) {
        this.pending = pending;
        this.target = target;
        this.channel = channel;
    }

    /** Creates the file; fails if it exists. */
    static PartFile create(Path pending, Path target) throws IOException {
        return new PartFile(
                pending,
                target,
                FileChannel.open(pending, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE));
    }

    Path pending() {
        return pending;
    }

    long length() {
        return length;
    }

    void write(byte[] bytes, int count) throws IOException {
        digest.update(bytes, 0, count);
        ByteBuffer source = ByteBuffer.wrap(bytes, 0, count);
        while (source.hasRemaining()) {
            channel.write(source);
        }
        length += count;
    }

    /** Makes the content durable and ends it. */
    Piece seal() throws IOException {
        channel.force(true);
        channel.close();
        return new Piece(
                pending.toString(),
                target.toString(),
                length,
                HexFormat.of().formatHex(digest.digest()));
    }

    /** Ends it and removes it. */
    void drop() throws IOException {
        channel.close();
        java.nio.file.Files.deleteIfExists(pending);
    }

    /** Returns whether a file has the length and the checksum of a piece. */
    static boolean matches(Path file, Piece piece) throws IOException {
        return java.nio.file.Files.size(file) == piece.length()
                && sha256Of(file).equals(piece.sha256());
    }

    private static String sha256Of(Path file) throws IOException {
        MessageDigest digest = sha256();
        byte[] bytes = new byte[READ_BYTES];
        try (InputStream in = java.nio.file.Files.newInputStream(file)) {
            for (int count = in.read(bytes); count >= 0; count = in.read(bytes)) {
                digest.update(bytes, 0, count);
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError("every Java has SHA-256", impossible);
        }
    }
}
