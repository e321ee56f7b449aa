package io.headrace.type;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.function.Fn;
import io.headrace.function.Fn2;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ResultTypesTest {
    record Word(String text) {
        static List<Word> allOf(String text) {
            return List.of(new Word(text));
        }

        static <T> List<T> listOf(T value) {
            return List.of(value);
        }

        Map<String, Long> counts() {
            return Map.of(text, 1L);
        }

        int[] lengths() {
            return new int[0];
        }
    }

    static final class Split implements Comparable<Split>, Fn<String, List<Word>> {
        private static final long serialVersionUID = 1L;

        @Override
        public List<Word> apply(String value) {
            return List.of();
        }

        @Override
        public int compareTo(Split other) {
            return 0;
        }
    }

    abstract static class Parsing implements Fn<String, Word> {
        private static final long serialVersionUID = 1L;
    }

    static final class Trimming extends Parsing {
        private static final long serialVersionUID = 1L;

        @Override
        public Word apply(String value) {
            return new Word(value.trim());
        }
    }

    static final class Same<T> implements Fn<T, T> {
        private static final long serialVersionUID = 1L;

        @Override
        public T apply(T value) {
            return value;
        }
    }

    @Test
    void readsLambdas() {
        Fn<String, Word> word = text -> new Word(text);
        Fn2<String, Integer, Long> sum = (text, more) -> text.length() + (long) more;

        assertThat(Type.resultOf(word)).contains(Type.of(Word.class));
        assertThat(Type.resultOf(sum)).contains(Type.of(Long.class));
    }

    @Test
    void readsConstructorsAndMethods() {
        Fn<String, Word> constructor = Word::new;
        Fn<Word, String> accessor = Word::text;
        Fn<Word, Integer> primitive = word -> word.text().length();
        Fn<Word, int[]> array = Word::lengths;

        assertThat(Type.resultOf(constructor)).contains(Type.of(Word.class));
        assertThat(Type.resultOf(accessor)).contains(Type.of(String.class));
        assertThat(Type.resultOf(primitive)).contains(Type.of(Integer.class));
        assertThat(Type.resultOf(array)).contains(Type.of(int[].class));
    }

    @Test
    void readsTheGenericSignatureOfAReferencedMethod() {
        Fn<String, List<Word>> ofStatic = Word::allOf;
        Fn<Word, Map<String, Long>> ofInstance = Word::counts;

        assertThat(Type.resultOf(ofStatic)).contains(new Type<List<Word>>() {});
        assertThat(Type.resultOf(ofInstance)).contains(new Type<Map<String, Long>>() {});
    }

    @Test
    void readsTheMethodOfAClass() {
        assertThat(Type.resultOf(new Split())).contains(new Type<List<Word>>() {});
        assertThat(Type.resultOf(new Trimming())).contains(Type.of(Word.class));
        assertThat(
                        Type.resultOf(
                                new Fn<String, List<Word>>() {
                                    private static final long serialVersionUID = 1L;

                                    @Override
                                    public List<Word> apply(String value) {
                                        return List.of();
                                    }
                                }))
                .contains(new Type<List<Word>>() {});
    }

    @Test
    void isEmptyWhereTheTypeCannotBeKnown() {
        Fn<String, List<Word>> genericLambda = text -> List.of(new Word(text));
        Fn<Word, List<Word>> genericMethod = Word::listOf;
        Fn<Integer, ArrayList<Word>> genericConstructor = ArrayList::new;
        Fn<String, Object> object = text -> text;

        assertThat(Type.resultOf(genericLambda)).isEmpty();
        assertThat(Type.resultOf(genericMethod)).isEmpty();
        assertThat(Type.resultOf(genericConstructor)).isEmpty();
        assertThat(Type.resultOf(object)).isEmpty();
        assertThat(Type.resultOf(new Same<String>())).isEmpty();
    }
}
