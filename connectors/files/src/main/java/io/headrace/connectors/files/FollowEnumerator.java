package io.headrace.connectors.files;

import io.headrace.connector.ConnectorException;
import io.headrace.connector.Enumerator;
import io.headrace.type.BytesIn;
import io.headrace.type.BytesOut;
import io.headrace.type.DecodeException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Finds files as they come. It remembers those that it has found for as long as they are anywhere
 * in the directory, so that a file that is renamed is not a new one, and what it remembers is
 * bounded by what is there.
 */
final class FollowEnumerator implements Enumerator<FollowedFile> {
    private static final byte FOLLOWING = 2;

    private final PathPattern pattern;
    private final TreeSet<String> known = new TreeSet<>();

    private FollowEnumerator(PathPattern pattern) {
        this.pattern = pattern;
    }

    static FollowEnumerator of(PathPattern pattern, byte[] saved) {
        FollowEnumerator enumerator = new FollowEnumerator(pattern);
        if (saved != null) {
            enumerator.restore(saved);
        }
        return enumerator;
    }

    private void restore(byte[] saved) {
        try {
            BytesIn in = new BytesIn(saved);
            if (in.readByte() != FOLLOWING) {
                throw new DecodeException("it is of files that were not followed", null);
            }
            for (long left = in.readVarLong(); left > 0; left--) {
                known.add(in.readString());
            }
        } catch (DecodeException wrong) {
            throw ConnectorException.fatal(
                    "the saved state of the files of "
                            + pattern
                            + " cannot be used to follow them: "
                            + wrong.getMessage()
                            + "; start over with another state directory",
                    wrong);
        }
    }

    @Override
    public List<FollowedFile> discover() {
        TreeSet<String> present = new TreeSet<>();
        for (Path file : pattern.neighbours()) {
            FileNumber.of(file).ifPresent(number -> present.add(identity(file, number)));
        }
        known.retainAll(present);
        List<FollowedFile> found = new ArrayList<>();
        for (Path file : pattern.findAny()) {
            Optional<Long> number = FileNumber.of(file);
            if (number.isPresent()
                    && !FileEnumerator.isGzip(file)
                    && known.add(identity(file, number.get()))) {
                found.add(new FollowedFile(file.toString(), number.get()));
            }
        }
        return found;
    }

    private static String identity(Path file, long number) {
        return number == 0 ? file.toAbsolutePath().toString() : Long.toString(number);
    }

    @Override
    public boolean done() {
        return false;
    }

    @Override
    public byte[] snapshot() {
        BytesOut out = new BytesOut(64);
        out.writeByte(FOLLOWING);
        out.writeVarLong(known.size());
        known.forEach(out::writeString);
        return out.toByteArray();
    }
}
