package io.headrace.kernel.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headrace.type.BytesIn;
import io.headrace.type.BytesOut;
import io.headrace.type.Codec;
import io.headrace.type.DecodeException;
import io.headrace.type.Type;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CodecsTest {
    private static final int VALUES = 300;

    static List<Type<?>> types() {
        return Samples.types();
    }

    record Checked(int percent) {
        Checked {
            if (percent < 0 || percent > 100) {
                throw new IllegalArgumentException("percent=" + percent);
            }
        }
    }

    record Wide(
            String a,
            String b,
            String c,
            String d,
            String e,
            String f,
            String g,
            String h,
            String i) {}

    @ParameterizedTest
    @MethodSource("types")
    <T> void readsBackWhatItWrote(Type<T> type) {
        Codec<T> codec = Codecs.of(type);
        RandomValues values = new RandomValues(1);
        for (int i = 0; i < VALUES; i++) {
            T value = value(values, type);
            byte[] bytes = write(codec, value);
            BytesIn in = new BytesIn(bytes);

            T found = codec.read(in, codec.version());

            assertThat(in.remaining()).isZero();
            assertThat(write(codec, found)).isEqualTo(bytes);
            assertThat(found)
                    .usingRecursiveComparison()
                    .withComparatorForType(Double::compare, Double.class)
                    .isEqualTo(value);
        }
    }

    @ParameterizedTest
    @MethodSource("types")
    <T> void damagedBytesAreAValueOrADecodeException(Type<T> type) {
        Codec<T> codec = Codecs.of(type);
        RandomValues values = new RandomValues(2);
        SplittableRandom random = new SplittableRandom(2);
        for (int i = 0; i < VALUES * 5; i++) {
            byte[] bytes = write(codec, value(values, type));
            byte[] damaged = Arrays.copyOf(bytes, random.nextInt(bytes.length + 4));
            for (int flips = random.nextInt(4); flips >= 0 && damaged.length > 0; flips--) {
                damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
            }
            if (random.nextInt(3) == 0) {
                random.nextBytes(damaged);
            }
            requireTotal(codec, damaged);
        }
    }

    private static <T> void requireTotal(Codec<T> codec, byte[] bytes) {
        try {
            assertThat(codec.read(new BytesIn(bytes), 1)).isNotNull();
        } catch (DecodeException expected) {
            assertThat(expected).hasMessageMatching("(?s).+");
        }
    }

    @Test
    void masksEveryNullableComponentOnItsOwn() {
        Codec<Wide> codec = Codecs.of(Type.of(Wide.class));
        Wide last = new Wide(null, "b", null, null, null, null, null, null, "");

        byte[] bytes = write(codec, last);

        assertThat(bytes).containsExactly(0xFD, 0, 1, 'b', 0);
        assertThat(codec.read(new BytesIn(bytes), 1)).isEqualTo(last);
    }

    @Test
    void collectionsThatWereReadCanBeChanged() {
        Codec<Map<String, List<Long>>> codec = Codecs.of(new Type<Map<String, List<Long>>>() {});
        byte[] bytes = write(codec, Map.of("a", List.of(1L)));

        Map<String, List<Long>> found = codec.read(new BytesIn(bytes), 1);
        found.get("a").add(2L);
        found.put("b", List.of());

        assertThat(found).hasSize(2);
    }

    @Test
    void aConstructorThatRefusesIsADecodeException() {
        Codec<Checked> codec = Codecs.of(Type.of(Checked.class));
        BytesOut out = new BytesOut(8);
        out.writeVarLong(101);

        assertThatThrownBy(() -> codec.read(new BytesIn(out.toByteArray()), 1))
                .isInstanceOf(DecodeException.class)
                .hasMessageContaining("percent=101");
    }

    @Test
    void refusesNullWhereNoMaskCanSayIt() {
        Codec<List<String>> list = Codecs.of(new Type<List<String>>() {});
        List<String> withNull = new ArrayList<>();
        withNull.add(null);

        assertThatThrownBy(() -> write(list, withNull))
                .isInstanceOf(NullPointerException.class)
                .hasMessageContaining("use Optional");
        assertThatThrownBy(() -> write(list, null)).isInstanceOf(NullPointerException.class);
    }

    @Test
    void theNameOfACodecIsTheTextOfItsSchema() {
        assertThat(Codecs.of(new Type<List<Long>>() {}).name()).isEqualTo("list<LONG>");
    }

    @Test
    void letsGoOfTheClassesOfAJob() throws ReflectiveOperationException {
        WeakReference<ClassLoader> loader = useAndForget();
        for (int i = 0; i < 50 && loader.get() != null; i++) {
            byte[] pressure = new byte[1 << 20];
            System.gc();
            assertThat(pressure).isNotNull();
        }
        assertThat(loader.get()).isNull();
    }

    private static WeakReference<ClassLoader> useAndForget() throws ReflectiveOperationException {
        ClassLoader loader = new OwnCopies();
        Class<?> copy = loader.loadClass(Detached.class.getName());
        assertThat(copy).isNotSameAs(Detached.class);
        useCodec(Type.of(copy), construct(copy));
        return new WeakReference<>(loader);
    }

    private static Object construct(Class<?> copy) {
        return RecordAccess.construct(new RecordAccess(copy).constructor(), new Object[] {7, "a"});
    }

    @SuppressWarnings("unchecked") // The value was made from the class of the type.
    private static <T> void useCodec(Type<T> type, Object value) {
        Codec<T> codec = Codecs.of(type);
        byte[] bytes = write(codec, (T) value);
        // Not compared by equals: on Java 17 the JDK's own equals of a record keeps its last class.
        assertThat(write(codec, codec.read(new BytesIn(bytes), 1))).isEqualTo(bytes);
        assertThat(KeyHash.of(type, 128).hash(value)).isEqualTo(31 * (31 + 7) + 97);
    }

    /** Loads a copy of the record, as the loader of a job does. */
    private static final class OwnCopies extends ClassLoader {
        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (!name.equals(Detached.class.getName())) {
                return super.loadClass(name, resolve);
            }
            String resource = name.replace('.', '/') + ".class";
            try (var in = CodecsTest.class.getClassLoader().getResourceAsStream(resource)) {
                byte[] bytes = in.readAllBytes();
                return defineClass(name, bytes, 0, bytes.length);
            } catch (java.io.IOException unreadable) {
                throw new ClassNotFoundException(name, unreadable);
            }
        }
    }

    @SuppressWarnings("unchecked") // The generator follows the type.
    private static <T> T value(RandomValues values, Type<T> type) {
        return (T) values.of(type);
    }

    static <T> byte[] write(Codec<T> codec, T value) {
        BytesOut out = new BytesOut(16);
        codec.write(value, out);
        return out.toByteArray();
    }
}
