package io.headrace;

import io.headrace.function.Aggregator;
import io.headrace.type.BytesIn;
import io.headrace.type.BytesOut;
import io.headrace.type.Codec;
import io.headrace.type.Type;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** Works with accumulators whose class only their aggregator knows. */
final class Accumulators {
    private Accumulators() {}

    static <T, A> A of(Aggregator<T, A, ?> aggregator, List<T> values) throws Exception {
        A accumulator = aggregator.create();
        for (T value : values) {
            accumulator = aggregator.add(accumulator, value);
        }
        return accumulator;
    }

    static <T, A, R> R resultOf(Aggregator<T, A, R> aggregator, List<T> values) throws Exception {
        return aggregator.result(of(aggregator, values));
    }

    /** Returns something that is equal exactly for accumulators that are stored as equal. */
    static Object image(Aggregator<?, ?, ?> aggregator, Object accumulator) {
        return image(aggregator.accumulatorType(), accumulator);
    }

    static String hex(Type<?> type, Object value) {
        BytesOut out = new BytesOut(16);
        codec(type).write(value, out);
        return HexFormat.of().formatHex(out.toByteArray());
    }

    static Object fromHex(Type<?> type, String hex) {
        BytesIn in = new BytesIn(HexFormat.of().parseHex(hex));
        Object value = codec(type).read(in, 1);
        if (in.remaining() > 0) {
            throw new AssertionError(in.remaining() + " bytes are left");
        }
        return value;
    }

    private static Object image(Type<?> type, Object value) {
        if (type.codec().isPresent()) {
            return hex(type, value);
        }
        if (type.parts().isEmpty()) {
            return value;
        }
        List<Object> images = new ArrayList<>();
        for (int i = 0; i < type.parts().size(); i++) {
            images.add(image(type.parts().get(i), ((Object[]) value)[i]));
        }
        return images;
    }

    @SuppressWarnings("unchecked") // The type and the value come from one aggregator.
    private static Codec<Object> codec(Type<?> type) {
        return (Codec<Object>) type.codec().orElseThrow();
    }
}
