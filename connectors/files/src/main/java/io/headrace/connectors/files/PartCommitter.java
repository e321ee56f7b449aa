package io.headrace.connectors.files;

import io.headrace.connector.Committer;
import io.headrace.connector.ConnectorException;
import io.headrace.connector.EpochPieces;
import io.headrace.connector.Lineage;
import io.headrace.connector.Outcome;
import io.headrace.connector.Piece;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Publishes pieces by giving them their final names.
 *
 * <p>The files themselves are the marker: a final file with the piece's checksum was published, a
 * pending one can be, and if there is neither the piece is lost. Whatever moment a crash comes at,
 * one of the first two holds.
 */
final class PartCommitter implements Committer {
    private final TargetDirectory directory;

    PartCommitter(TargetDirectory directory) {
        this.directory = directory;
    }

    @Override
    public long fence(Lineage lineage, long owner) {
        return NO_MARKER; // Names hold the owner: no two processes ever publish the same one.
    }

    @Override
    public Outcome commit(EpochPieces epoch) {
        Outcome outcome = epoch.pieces().isEmpty() ? Outcome.COMMITTED : Outcome.ALREADY;
        for (Piece piece : epoch.pieces()) {
            Outcome published;
            try {
                published = publish(piece, epoch.owner());
            } catch (IOException failed) {
                throw ConnectorException.retryable(
                        "cannot publish " + piece.target() + ": " + failed, failed);
            }
            if (published == Outcome.LOST) {
                return Outcome.LOST;
            }
            outcome = published == Outcome.COMMITTED ? Outcome.COMMITTED : outcome;
        }
        if (!epoch.pieces().isEmpty()) {
            directory.sync(); // Also if published before: that process may have died before it.
        }
        return outcome;
    }

    private static Outcome publish(Piece piece, long owner) throws IOException {
        Path pending = Path.of(piece.pending());
        Path target = Path.of(piece.target());
        if (java.nio.file.Files.exists(target)) {
            return published(piece, pending, target);
        }
        if (!java.nio.file.Files.exists(pending) || !intact(piece, pending, owner)) {
            return Outcome.LOST;
        }
        try {
            TargetDirectory.publish(pending, target);
        } catch (FileAlreadyExistsException raced) {
            return published(piece, pending, target);
        }
        return Outcome.COMMITTED;
    }

    private static Outcome published(Piece piece, Path pending, Path target) throws IOException {
        if (!PartFile.matches(target, piece)) {
            return Outcome.LOST; // Not ours, and nothing is ever replaced.
        }
        java.nio.file.Files.deleteIfExists(pending);
        return Outcome.ALREADY;
    }

    /** What this process wrote and synced itself needs no second reading. */
    private static boolean intact(Piece piece, Path pending, long owner) throws IOException {
        Optional<PartName> name = PartName.parse(pending.getFileName().toString());
        if (name.isPresent() && name.get().owner() == owner) {
            return java.nio.file.Files.size(pending) == piece.length();
        }
        return PartFile.matches(pending, piece);
    }

    @Override
    public void recovered(Lineage lineage, long owner) {
        for (String fileName : directory.partFileNames()) {
            boolean garbage =
                    PartName.isPending(fileName)
                            && PartName.parse(fileName)
                                    .filter(name -> name.lineage().equals(lineage.id()))
                                    .filter(name -> name.owner() <= owner)
                                    .isPresent();
            if (garbage) {
                remove(directory.resolve(fileName));
            }
        }
    }

    private static void remove(Path garbage) {
        try {
            java.nio.file.Files.deleteIfExists(garbage);
        } catch (IOException failed) {
            throw ConnectorException.retryable("cannot remove " + garbage + ": " + failed, failed);
        }
    }
}
