package io.headrace.kernel.codec;

import io.headrace.type.BytesIn;
import io.headrace.type.BytesOut;
import io.headrace.type.Codec;
import io.headrace.type.Type;
import io.headrace.type.WithCodec;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Types of every form, for tests that hold for all of them. */
final class Samples {
    private Samples() {}

    private record Primitives(
            boolean a, byte b, short c, char d, int e, long f, float g, double h) {}

    private record Boxed(
            Boolean a,
            Byte b,
            Short c,
            Character d,
            Integer e,
            Long f,
            Float g,
            Double h,
            String i) {}

    record Numbers(BigDecimal a, BigInteger b, UUID c, byte[] d) {}

    record Times(
            Instant a,
            Duration b,
            LocalDate c,
            LocalTime d,
            LocalDateTime e,
            OffsetDateTime f,
            ZonedDateTime g,
            ZoneId h,
            Year i,
            YearMonth j,
            DayOfWeek k) {}

    record Empty() {}

    record Pair<A, B>(A first, B second) {}

    sealed interface Shape<T> permits Circle, Box {}

    record Circle<T>(double radius, T tag) implements Shape<T> {}

    record Box<T>(long[] sides, List<T> tags) implements Shape<T> {}

    record Money(@WithCodec(CurrencyCodec.class) Currency currency, long cents) {}

    public static final class CurrencyCodec implements Codec<Currency> {
        @Override
        public String name() {
            return "currency";
        }

        @Override
        public int version() {
            return 2;
        }

        @Override
        public void write(Currency value, BytesOut out) {
            out.writeString(value.getCurrencyCode());
        }

        @Override
        public Currency read(BytesIn in, int writtenVersion) {
            return Currency.getInstance(in.readString()); // Throws for most strings.
        }
    }

    static List<Type<?>> types() {
        return List.of(
                Type.of(Primitives.class),
                Type.of(Boxed.class),
                Type.of(Numbers.class),
                Type.of(Times.class),
                Type.of(Money.class),
                Type.of(String.class),
                Type.of(long.class),
                Type.of(double[][].class),
                new Type<List<Empty>>() {},
                new Type<Set<String>>() {},
                new Type<Map<String, List<Money>>>() {},
                new Type<Optional<Pair<Integer, Optional<String>>>>() {},
                new Type<Shape<String>>() {},
                new Type<Pair<Shape<Long>, Map<DayOfWeek, int[]>>>() {},
                new Type<Pair<String, Boolean>[]>() {},
                Type.tuple(List.of(Type.of(String.class), new Type<List<Long>>() {})));
    }
}
