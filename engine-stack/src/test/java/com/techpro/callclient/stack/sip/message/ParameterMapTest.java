// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.sip.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.techpro.callclient.testkit.contracts.Seeds;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ParameterMapTest {
    @Test
    void a_parameter_map_equals_a_linked_hash_map() {
        Random random = Seeds.random(56);
        for (int i = 0; i < 500; i++) {
            Map<String, String> expected = new LinkedHashMap<>();
            ParameterMap.Builder builder = new ParameterMap.Builder();
            for (int adds = random.nextInt(12); adds > 0; adds--) {
                String name = "n" + random.nextInt(20);
                assertThat(builder.add(name, "v" + adds)).isEqualTo(!expected.containsKey(name));
                expected.putIfAbsent(name, "v" + adds);
                assertThat(builder.size()).isEqualTo(expected.size());
            }
            Map<String, String> map = builder.build();
            assertThat(map).isEqualTo(expected).hasSameHashCodeAs(expected).hasSameSizeAs(expected);
            assertThat(new ArrayList<>(map.keySet())).isEqualTo(new ArrayList<>(expected.keySet()));
            for (int name = 0; name < 20; name++) {
                assertThat(map.get("n" + name)).isEqualTo(expected.get("n" + name));
                assertThat(map.containsKey("n" + name)).isEqualTo(expected.containsKey("n" + name));
            }
        }
    }

    @Test
    void a_parameter_map_cannot_be_changed() {
        ParameterMap.Builder builder = new ParameterMap.Builder();
        builder.add("lr", "");
        Map<String, String> map = builder.build();

        assertThatThrownBy(() -> map.put("a", "b")).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> map.remove("lr")).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(map::clear).isInstanceOf(UnsupportedOperationException.class);
        builder.add("later", "");
        assertThat(map).hasSize(1);
    }
}
