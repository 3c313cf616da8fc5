// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.Account;
import com.techpro.callclient.engine.CallClient;
import com.techpro.callclient.engine.CallClientConfig;
import com.techpro.callclient.engine.CallClientListener;
import com.techpro.callclient.engine.RegistrationState;
import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.engine.call.CallSnapshot;
import com.techpro.callclient.testkit.contracts.SimulatedNetwork;
import com.techpro.callclient.testkit.contracts.VirtualTime;
import com.techpro.callclient.testkit.pbx.EmbeddedPbx;
import java.io.IOException;
import java.io.StringWriter;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The panel of docs/presence.md is compiled as it stands there, and shows what the phones at the embedded PBX are doing. */
class BusyLampSnippetTest {
    private static final Pattern SNIPPET =
            Pattern.compile("<!-- busy-lamp snippet -->\\s*```java\\n(.*?)```", Pattern.DOTALL);

    private final VirtualTime time = VirtualTime.seeded(62);
    private final SimulatedNetwork network = new SimulatedNetwork(time, 62);
    private final EmbeddedPbx pbx = EmbeddedPbx.builder()
            .address("10.0.0.1")
            .extensions("1001", "1002", "1003")
            .random(time.random("pbx"))
            .start(network.host("10.0.0.1"), time);
    private final List<CallClient> clients = new ArrayList<>();
    private final List<Call> incoming = new ArrayList<>();

    @AfterEach
    void close() {
        clients.forEach(CallClient::close);
        time.advance(Duration.ofSeconds(10));
        pbx.close();
        time.advance(Duration.ofSeconds(1));
        network.close();
        time.close();
    }

    @Test
    void the_panel_shows_who_is_busy_and_calls_them_when_they_are_free(@TempDir Path directory) throws Exception {
        String snippet = snippet();
        assertThat(snippet.lines().filter(line -> !line.isBlank()).count())
                .as("lines of an app developer")
                .isLessThanOrEqualTo(30);
        Map<String, String> shown = new HashMap<>();
        try (URLClassLoader loader = compiled(snippet, directory)) {
            Constructor<?> constructor = loader.loadClass("BusyLampPanel")
                    .getDeclaredConstructor(Account.class, List.class, BiConsumer.class);
            constructor.setAccessible(true);
            Account anna = account("1001", new CallClientListener() {});
            Account bert = account("1002", new CallClientListener() {
                @Override
                public void incomingCall(Call call, CallSnapshot snapshot) {
                    incoming.add(call);
                }
            });
            Account carol = account("1003", new CallClientListener() {});
            BiConsumer<String, String> display = shown::put;
            Object panel = constructor.newInstance(carol, List.of("1001", "1002", "1999"), display);
            Method tap = panel.getClass().getDeclaredMethod("tap", String.class);
            tap.setAccessible(true);

            until(() -> shown.equals(Map.of("1001", "free", "1002", "free", "1999", "cannot be watched")));
            Call call = anna.dial("1002");
            until(() -> "rings: 1001".equals(shown.get("1002")) && !incoming.isEmpty());
            incoming.get(0).answer();
            until(() -> "busy".equals(shown.get("1002")) && "busy".equals(shown.get("1001")));
            tap.invoke(panel, "1002");
            time.advance(Duration.ofSeconds(5));
            assertThat(carol.calls()).isEmpty();
            call.hangUp();
            until(() -> incoming.size() == 2);
            assertThat(bert.calls()).hasSize(1);
        }
    }

    private void until(BooleanSupplier condition) {
        time.runUntil(condition, Duration.ofSeconds(20));
    }

    private Account account(String extension, CallClientListener listener) {
        CallClient client = CallClient.create(CallClientConfig.builder()
                .schedulers(time)
                .network(network.host("10.0.1." + extension.substring(3)))
                .callbacks(Runnable::run)
                .listener(listener)
                .random(time.random(extension))
                .build());
        clients.add(client);
        Account account = client.addAccount(pbx.account(extension).build());
        time.runUntil(() -> account.registration().state() == RegistrationState.REGISTERED, Duration.ofSeconds(20));
        return account;
    }

    private static String snippet() throws IOException {
        Matcher found = SNIPPET.matcher(Files.readString(Path.of("../../docs/presence.md")));
        assertThat(found.find()).isTrue();
        return found.group(1);
    }

    private static URLClassLoader compiled(String snippet, Path directory) throws IOException {
        Path source = directory.resolve("BusyLampPanel.java");
        Files.writeString(
                source,
                "import com.techpro.callclient.engine.*;\nimport com.techpro.callclient.engine.presence.*;\n"
                        + "import java.util.*;\nimport java.util.function.*;\n" + snippet);
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter messages = new StringWriter();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            boolean compiled = compiler.getTask(
                            messages,
                            files,
                            null,
                            List.of("-d", directory.toString(), "-proc:none"),
                            null,
                            files.getJavaFileObjects(source))
                    .call();
            assertThat(compiled).as(messages.toString()).isTrue();
        }
        return new URLClassLoader(new URL[] {directory.toUri().toURL()}, BusyLampSnippetTest.class.getClassLoader());
    }
}
