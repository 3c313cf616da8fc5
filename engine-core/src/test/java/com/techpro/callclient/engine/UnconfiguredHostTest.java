// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.engine.call.CallEvent;
import com.techpro.callclient.engine.call.CallState;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An app whose class path has no back end for SLF4J, as the first try of most has: in a JVM of its own. */
@Tag("slow")
class UnconfiguredHostTest {
    @ParameterizedTest
    @CsvSource({"silent, true, true", "chosen, true, false", "handled, false, true"})
    void warnings_for_the_developer_are_printed_to_standard_error_once(String how, boolean thrown, boolean silent)
            throws IOException, InterruptedException {
        String said = run(how, false);

        assertThat(said).contains("counted 3");
        assertThat(said.split("a listener or callback of this app threw", -1)).hasSize(thrown ? 2 : 1);
        assertThat(said.split("calls are silent", -1)).hasSize(silent ? 2 : 1);
    }

    @Test
    void with_a_back_end_the_log_has_it() throws IOException, InterruptedException {
        assertThat(run("silent", true))
                .contains("a listener or callback of the host app threw", "is silent", "counted 3")
                .doesNotContain("CallClient: ");
    }

    private static String run(String how, boolean backEnd) throws IOException, InterruptedException {
        // Of a test run as a module, what it is made of is in its folder, and its libraries are modules.
        String classPath = Stream.of(
                        System.getProperty("java.class.path"),
                        System.getProperty("jdk.module.path", ""),
                        "target/test-classes",
                        "target/classes")
                .flatMap(path -> Arrays.stream(path.split(File.pathSeparator, -1)))
                .filter(entry -> !entry.isEmpty() && (backEnd || !entry.contains("slf4j-jdk14")))
                .collect(Collectors.joining(File.pathSeparator));
        Process app = new ProcessBuilder(List.of(
                        System.getProperty("java.home") + "/bin/java",
                        "-Xshare:auto",
                        "-cp",
                        classPath,
                        Host.class.getName(),
                        how))
                .redirectErrorStream(true)
                .start();
        app.getOutputStream().close();
        String said = new String(app.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(app.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return said;
    }

    /** The app. */
    static final class Host {
        public static void main(String[] args) {
            try (PhoneScene scene = new PhoneScene(416)) {
                PhoneScene.Phone alice = scene.phone("1001", "192.0.2.1", config -> {
                    // A builder of its own: that of the scene has audio and hears of failures.
                    CallClientConfig.Builder own = CallClientConfig.builder()
                            .lab(lab -> lab.schedulers(scene.time)
                                    .network(scene.network.host("192.0.2.1"))
                                    .random(scene.time.random("1001")))
                            .callbacks(Runnable::run);
                    return switch (args[0]) {
                        case "chosen" -> own.platform(p -> p.audio(null));
                        case "handled" -> own.failures((thread, failure) -> {});
                        default -> own;
                    };
                });
                PhoneScene.Phone bob = scene.phone("1002", "192.0.2.2");
                alice.registered();
                bob.registered();
                alice.client.addListener(new CallClientListener() {
                    @Override
                    public void callChanged(Call call, CallEvent event) {
                        if (event instanceof CallEvent.StateChanged
                                && event.after().state() == CallState.ESTABLISHED) {
                            throw new IllegalStateException("of the host");
                        }
                    }
                });
                for (int i = 0; i < 3; i++) {
                    bob.incoming = null;
                    scene.talk(alice, bob).hangUp();
                    scene.pass(Duration.ofMinutes(1));
                }
                var counters = alice.client.counters().toCompletableFuture();
                scene.until(counters::isDone);
                System.err.println("counted " + counters.join().callbackFailures());
            }
        }
    }
}
