// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.testkit.cli.bench.LoadParts.Part;
import com.techpro.callclient.testkit.soak.gate.ProcessProbe;
import com.techpro.callclient.testkit.soak.run.RunEnvironment;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class LoadPartsTest {
    /** Lest a thread that is renamed is counted as another part. */
    @Test
    void each_loop_of_the_test_is_a_part() {
        try (RunEnvironment environment = RunEnvironment.open()) {
            assertThat(environment).isNotNull();
            Set<Part> parts = Thread.getAllStackTraces().keySet().stream()
                    .map(Thread::getName)
                    .filter(name -> name.startsWith("callclient-"))
                    .map(Part::of)
                    .collect(Collectors.toSet());
            assertThat(parts).contains(Part.CALLERS, Part.JUDGE, Part.WITNESS, Part.CARDS);
        }
    }

    @Test
    void a_thread_with_another_name_is_no_part_of_its_own() {
        assertThat(Part.of("callclient-media")).isEqualTo(Part.MEDIA);
        assertThat(Part.of("main")).isEqualTo(Part.OTHERS);
    }

    @Test
    void time_of_no_java_thread_is_the_JVMs() {
        Map<Part, Duration> used = new LoadParts(new ProcessProbe()).used();
        assertThat(used).containsKeys(Part.OTHERS, Part.JVM, Part.PBX);
        assertThat(used.get(Part.OTHERS)).isPositive();
    }
}
