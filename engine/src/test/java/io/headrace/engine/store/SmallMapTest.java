package io.headrace.engine.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.engine.Seed;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SmallMapTest {
    @Test
    void equalsALinkedMapAtEverySize() {
        for (int salt = 0; salt < 200; salt++) {
            SplittableRandom random = Seed.random(salt);
            SmallMap<String, Integer> map = new SmallMap<>();
            Map<String, Integer> model = new LinkedHashMap<>();
            int keys = 1 + random.nextInt(20);

            for (int i = 0; i < 120; i++) {
                String key = "k" + random.nextInt(keys);
                if (random.nextInt(3) == 0) {
                    map.remove(key);
                    model.remove(key);
                } else {
                    map.put(key, i);
                    model.put(key, i);
                }

                assertThat(map.get(key)).as(Seed.repeat(salt)).isEqualTo(model.get(key));
                assertThat(map.size()).as(Seed.repeat(salt)).isEqualTo(model.size());
                assertThat(map.isEmpty()).as(Seed.repeat(salt)).isEqualTo(model.isEmpty());
            }

            List<Map.Entry<String, Integer>> entries = new ArrayList<>();
            map.entries()
                    .forEach(entry -> entries.add(Map.entry(entry.getKey(), entry.getValue())));
            assertThat(entries).as(Seed.repeat(salt)).isEqualTo(List.copyOf(model.entrySet()));
        }
    }
}
