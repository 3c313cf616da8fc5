// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.lang.reflect.Proxy;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.Extension;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.opentest4j.TestAbortedException;

class SeedsTest {
    @Test
    void a_run_of_seed_0_uses_each_parts_own_number_and_every_other_run_another() {
        assertThat(Seeds.of(0, 7)).isEqualTo(7);
        assertThat(LongStream.range(0, 100)
                        .map(run -> Seeds.of(run, 7))
                        .distinct()
                        .count())
                .isEqualTo(100);
        assertThat(Seeds.of(5, 7)).isEqualTo(Seeds.of(5, 7)).isNotEqualTo(Seeds.of(5, 8));
    }

    @Test
    void the_clock_the_network_and_the_dice_take_the_runs_seed() {
        assertThat(Seeds.random(3).nextLong()).isEqualTo(new java.util.Random(Seeds.of(3)).nextLong());
        try (VirtualTime time = VirtualTime.seeded(3)) {
            assertThat(time.random("a").nextLong())
                    .isEqualTo(new java.util.Random(Seeds.mix(Seeds.of(3), "a")).nextLong());
        }
    }

    @Test
    void a_failure_prints_the_seed_and_how_to_run_it_again_and_a_skip_does_not() {
        assertThat(printed(new AssertionError("wrong"))).contains("-D" + Seeds.PROPERTY + "=" + Seeds.run());
        assertThat(printed(new TestAbortedException("not here"))).isEmpty();
        assertThat(printed(null)).isEmpty();
    }

    @Test
    void junit_finds_the_extension_that_prints_the_seed() {
        assertThat(ServiceLoader.load(Extension.class)).hasAtLeastOneElementOfType(SeedOnFailure.class);
    }

    private static String printed(Throwable failure) {
        var context = (ExtensionContext) Proxy.newProxyInstance(
                SeedsTest.class.getClassLoader(),
                new Class<?>[] {ExtensionContext.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "getExecutionException" -> Optional.ofNullable(failure);
                    case "getRequiredTestClass" -> SeedsTest.class;
                    default -> "a test";
                });
        PrintStream console = System.err;
        var written = new ByteArrayOutputStream();
        System.setErr(new PrintStream(written, true));
        try {
            new SeedOnFailure().afterTestExecution(context);
        } finally {
            System.setErr(console);
        }
        return written.toString();
    }
}
