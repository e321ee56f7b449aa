package io.headrace.engine.tasklet;

import io.headrace.connector.Split;
import io.headrace.type.BytesIn;
import io.headrace.type.BytesOut;
import io.headrace.type.Codec;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * A batch of dead letters that goes back to the sources they came from. Each source has such a
 * split for each batch, whatever connector it is of; a position is an offset in the file.
 *
 * @param batch its number, from 1
 * @param file the file in full, see {@link RedriveFile}
 */
public record RedriveSplit(long batch, String file) implements Split {
    /** How it stands in checkpoints. */
    public static final Codec<RedriveSplit> CODEC =
            codec(
                    "headrace.redrive",
                    (split, out) -> {
                        out.writeVarLong(split.batch());
                        out.writeString(split.file());
                    },
                    in -> new RedriveSplit(in.readVarLong(), in.readString()));

    /** How positions stand in checkpoints. */
    public static final Codec<Long> OFFSET_CODEC =
            codec(
                    "headrace.redrive.offset",
                    (offset, out) -> out.writeVarLong(offset),
                    BytesIn::readVarLong);

    @Override
    public String id() {
        return "redrive-" + batch;
    }

    private static <V> Codec<V> codec(
            String name, BiConsumer<V, BytesOut> write, Function<BytesIn, V> read) {
        return new Codec<>() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public int version() {
                return 1;
            }

            @Override
            public void write(V value, BytesOut out) {
                write.accept(value, out);
            }

            @Override
            public V read(BytesIn in, int writtenVersion) {
                return read.apply(in);
            }
        };
    }
}
