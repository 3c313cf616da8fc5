// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.voicemail;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.CallClient;
import com.techpro.callclient.engine.CallClientConfig;
import com.techpro.callclient.ports.phonesystem.Login;
import com.techpro.callclient.ports.secret.Secret;
import com.techpro.callclient.testkit.contracts.FakeAudio;
import com.techpro.callclient.testkit.contracts.FakePhoneSystem;
import com.techpro.callclient.testkit.contracts.FakeVoicemailBox;
import com.techpro.callclient.testkit.contracts.SimulatedNetwork;
import com.techpro.callclient.testkit.contracts.Sound;
import com.techpro.callclient.testkit.contracts.VirtualTime;
import com.techpro.callclient.testkit.pbx.sound.WavFile;
import java.io.StringWriter;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the documentation shows of voicemail lists the messages and plays the newest. */
class VoicemailSnippetTest {
    private static final Pattern SNIPPET =
            Pattern.compile("<!-- snippet: voicemail -->\\s*```java\\n(.*?)```", Pattern.DOTALL);

    @Test
    void the_snippet_lists_and_plays(@TempDir Path classes) throws Exception {
        VirtualTime time = VirtualTime.seeded(5);
        SimulatedNetwork network = new SimulatedNetwork(time, 5);
        FakeAudio audio = new FakeAudio(time.openLoop("audio"));
        FakeVoicemailBox.Mailbox mailbox = new FakeVoicemailBox.Mailbox();
        mailbox.deliver("1002", "Bob", Instant.EPOCH, null, tone(300));
        mailbox.deliver(null, null, Instant.EPOCH.plusSeconds(60), null, tone(440));
        CallClient client = CallClient.create(CallClientConfig.builder()
                .lab(lab -> lab.schedulers(time).network(network.host("192.0.2.1")))
                .platform(p -> p.audio(audio))
                .callbacks(Runnable::run)
                .build());
        var login = client.login(
                        FakePhoneSystem.ofMailbox(new FakeVoicemailBox(mailbox)),
                        Login.of("alice@pbx.invalid", Secret.of("secret")))
                .toCompletableFuture();
        time.runUntil(login::isDone, Duration.ofSeconds(10));
        time.advance(Duration.ofSeconds(1));
        List<String> lines = new ArrayList<>();

        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {classes.toUri().toURL()})) {
            compile(classes);
            Consumer<String> show = lines::add;
            loader.loadClass("VoicemailSnippet")
                    .getMethod("run", CallClient.class, Consumer.class)
                    .invoke(null, client, show);
        }
        time.advance(Duration.ofSeconds(2));

        assertThat(lines).hasSize(2);
        assertThat(lines.get(0)).startsWith("* ").contains("1970-01-01T00:01:00Z");
        assertThat(lines.get(1)).startsWith("* ").contains("Bob");
        assertThat(Sound.amplitudeOf(440, audio.heard(), 8_000)).isGreaterThan(3_000);
        client.close();
        time.advance(Duration.ofSeconds(10));
        assertThat(audio.openStreams()).isZero();
        assertThat(mailbox.openBoxes()).isZero();
        network.close();
        time.close();
    }

    private static void compile(Path classes) throws Exception {
        Matcher snippet = SNIPPET.matcher(Files.readString(Path.of("../../docs/voicemail-and-rooms.md")));
        assertThat(snippet.find()).isTrue();
        String source = "import com.techpro.callclient.engine.*;\n"
                + "import com.techpro.callclient.engine.voicemail.*;\n"
                + "import java.util.function.*;\n"
                + "public class VoicemailSnippet {\n"
                + "public static void run(CallClient client, Consumer<String> show) {\n"
                + snippet.group(1) + "}\n}\n";
        StringWriter messages = new StringWriter();
        SimpleJavaFileObject file =
                new SimpleJavaFileObject(
                        URI.create("string:///VoicemailSnippet.java"), SimpleJavaFileObject.Kind.SOURCE) {
                    @Override
                    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                        return source;
                    }
                };

        boolean compiled = ToolProvider.getSystemJavaCompiler()
                .getTask(messages, null, null, List.of("-d", classes.toString(), "-proc:none"), null, List.of(file))
                .call();

        assertThat(compiled).as(messages.toString()).isTrue();
    }

    private static byte[] tone(double hertz) {
        short[] samples = new short[5 * 8_000];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = (short) Math.round(8_000 * Math.sin(2 * Math.PI * hertz * i / 8_000));
        }
        return WavFile.write(samples, WavFile.Encoding.PCM);
    }
}
