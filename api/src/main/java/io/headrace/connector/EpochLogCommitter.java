package io.headrace.connector;

import io.headrace.type.BytesIn;
import io.headrace.type.Codec;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/**
 * Applies the files of an epoch. The marker of the target decides: equal, the epoch is applied; one
 * less, it is applied now; else it is lost.
 */
final class EpochLogCommitter<T> implements Committer {
    private final Codec<T> codec;
    private final EpochApplier<T> applier;
    private long marker;

    EpochLogCommitter(Codec<T> codec, EpochApplier<T> applier) {
        this.codec = codec;
        this.applier = applier;
    }

    @Override
    public long fence(Lineage lineage, long owner) {
        marker = applier.fence(lineage, owner);
        return marker;
    }

    @Override
    public Outcome commit(EpochPieces epoch) {
        if (marker == epoch.epoch()) {
            delete(epoch.pieces());
            return Outcome.ALREADY;
        }
        if (marker != epoch.epoch() - 1) {
            return Outcome.LOST;
        }
        for (Piece piece : epoch.pieces()) {
            verify(piece);
        }
        applier.apply(epoch.lineage(), epoch.epoch(), () -> new Records(epoch.pieces()));
        marker = epoch.epoch();
        delete(epoch.pieces());
        return Outcome.COMMITTED;
    }

    /** Checks a file before the first of its records is applied. */
    private static void verify(Piece piece) {
        try (DigestInputStream in =
                new DigestInputStream(
                        Files.newInputStream(Path.of(piece.pending())), EpochLogWriter.sha256())) {
            long length = in.transferTo(java.io.OutputStream.nullOutputStream());
            String checksum = HexFormat.of().formatHex(in.getMessageDigest().digest());
            if (length != piece.length() || !checksum.equals(piece.sha256())) {
                throw ConnectorException.fatal(
                        piece.pending() + " is damaged: its checksum is not that of the checkpoint",
                        null);
            }
        } catch (IOException failed) {
            throw ConnectorException.fatal("cannot read " + piece.pending(), failed);
        }
    }

    private void delete(List<Piece> pieces) {
        for (Piece piece : pieces) {
            try {
                Files.deleteIfExists(Path.of(piece.pending()));
            } catch (IOException harmless) {
                continue; // The next start removes it.
            }
        }
    }

    @Override
    public void close() {
        applier.close();
    }

    /** Reads the records of all pieces, one after the other. */
    private final class Records implements Iterator<T> {
        private final Iterator<Piece> pieces;
        private final List<InputStream> open = new ArrayList<>(1);
        private long left;

        Records(List<Piece> pieces) {
            this.pieces = pieces.iterator();
        }

        @Override
        public boolean hasNext() {
            return left > 0 || pieces.hasNext();
        }

        @Override
        public T next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            try {
                if (left == 0) {
                    openNext();
                }
                InputStream in = open.get(0);
                int size = new BytesIn(in.readNBytes(4)).readInt();
                T record = codec.read(new BytesIn(in.readNBytes(size)), codec.version());
                left -= 4 + size;
                if (left == 0) {
                    in.close();
                    open.clear();
                }
                return record;
            } catch (IOException failed) {
                throw ConnectorException.fatal("cannot read an epoch: " + failed, failed);
            }
        }

        private void openNext() throws IOException {
            Piece piece = pieces.next();
            left = piece.length();
            open.add(
                    new java.io.BufferedInputStream(
                            Files.newInputStream(Path.of(piece.pending())), 1 << 16));
        }
    }
}
