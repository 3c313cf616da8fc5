// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.Account;
import com.techpro.callclient.engine.CallClient;
import com.techpro.callclient.engine.CallClientConfig;
import com.techpro.callclient.engine.CallClientListener;
import com.techpro.callclient.engine.RegistrationState;
import com.techpro.callclient.engine.conference.Conference;
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
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The README's roster screen is compiled as it stands there, and shows who is in a room of the embedded PBX. */
class ReadmeConferenceTest {
    private static final Pattern SNIPPET =
            Pattern.compile("<!-- conference snippet -->\\s*```java\\n(.*?)```", Pattern.DOTALL);

    private final VirtualTime time = VirtualTime.seeded(61);
    private final SimulatedNetwork network = new SimulatedNetwork(time, 61);
    private final EmbeddedPbx pbx = EmbeddedPbx.builder()
            .address("10.0.0.1")
            .extensions("1001", "1002")
            .random(time.random("pbx"))
            .start(network.host("10.0.0.1"), time);
    private final List<CallClient> clients = new ArrayList<>();

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
    void the_roster_screen_shows_who_is_there(@TempDir Path directory) throws Exception {
        String snippet = snippet();
        assertThat(snippet.lines().filter(line -> !line.isBlank()).count())
                .as("lines of an app developer")
                .isLessThan(20);
        List<List<String>> shown = new ArrayList<>();
        try (URLClassLoader loader = compiled(snippet, directory)) {
            Class<?> screen = loader.loadClass("RosterScreen");
            Constructor<?> constructor = screen.getDeclaredConstructor(Consumer.class);
            constructor.setAccessible(true);
            Consumer<List<String>> display = shown::add;
            Account anna = account("1001", (CallClientListener) constructor.newInstance(display));
            Account bert = account("1002", new CallClientListener() {});
            Method enter = screen.getDeclaredMethod("enter", Account.class, String.class, String.class);
            enter.setAccessible(true);

            Conference room = (Conference) enter.invoke(null, anna, "8001", "1234");
            time.runUntil(() -> last(shown).equals(List.of("1001")), Duration.ofSeconds(20));
            Conference other = (Conference) enter.invoke(null, bert, "8001", "1234");
            time.runUntil(() -> last(shown).equals(List.of("1001", "1002")), Duration.ofSeconds(20));
            other.call().hold();
            time.runUntil(() -> last(shown).equals(List.of("1001", "1002, on hold")), Duration.ofSeconds(20));
            other.leave();
            time.runUntil(() -> last(shown).equals(List.of("1001")), Duration.ofSeconds(20));
            room.leave();
        }
    }

    private static List<String> last(List<List<String>> shown) {
        return shown.isEmpty() ? List.of() : shown.get(shown.size() - 1);
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
        Matcher found = SNIPPET.matcher(Files.readString(Path.of("../../README.md")));
        assertThat(found.find()).isTrue();
        return found.group(1);
    }

    private static URLClassLoader compiled(String snippet, Path directory) throws IOException {
        Path source = directory.resolve("RosterScreen.java");
        Files.writeString(
                source,
                "import com.techpro.callclient.engine.*;\nimport com.techpro.callclient.engine.conference.*;\n"
                        + "import com.techpro.callclient.ports.secret.*;\n"
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
        return new URLClassLoader(new URL[] {directory.toUri().toURL()}, ReadmeConferenceTest.class.getClassLoader());
    }
}
