// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import com.techpro.callclient.engine.CallClient;
import com.techpro.callclient.engine.CallClientConfig;
import com.techpro.callclient.ports.phonesystem.HostPort;
import com.techpro.callclient.ports.phonesystem.SipTransport;
import com.techpro.callclient.ports.trace.SipTraceMessage;
import com.techpro.callclient.testkit.pbx.trace.MediaRecording;
import com.techpro.callclient.testkit.pbx.trace.StateMark;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

class TraceExtensionTest {
    @TempDir
    static Path directory;

    /** Run by the tests below, not by themselves. */
    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    static final class Samples {
        @RegisterExtension
        static final PbxExtension pbx = PbxExtension.with("1001");

        @RegisterExtension
        static final TraceExtension trace = TraceExtension.of(pbx).into(directory.resolve("shared"));

        @Test
        @Order(3)
        void fails() throws IOException {
            askTwice(pbx.pbx());
            trace.mark(new StateMark(Instant.EPOCH, "1001", "asked"));
            throw new AssertionError("on purpose");
        }

        @Test
        @Order(1)
        void succeeds() throws IOException {
            askTwice(pbx.pbx());
        }

        @Test
        @Order(2)
        void is_given_up() {
            Assumptions.abort("on purpose");
        }
    }

    /** As above, with a PBX a test, and one that the test starts itself. */
    static final class OwnSamples {
        @RegisterExtension
        final PbxExtension pbx = PbxExtension.with("1001");

        @RegisterExtension
        final TraceExtension trace =
                TraceExtension.of(pbx).into(directory.resolve("own")).always().labRaw();

        @RegisterExtension
        final TraceExtension watching =
                TraceExtension.create().into(directory.resolve("watched")).always();

        @Test
        void succeeds() throws IOException {
            askTwice(pbx.pbx());
            try (EmbeddedPbx other = EmbeddedPbx.builder().traced().start()) {
                watching.watch(other);
                askTwice(other);
            }
            watching.engine("app")
                    .message(new SipTraceMessage(
                            Instant.parse("2100-01-01T00:00:00Z"),
                            SipTraceMessage.Direction.SENT,
                            7,
                            SipTransport.TLS,
                            "",
                            "INFO",
                            "INFO sip:u1@h1 SIP/2.0\n\n",
                            true));
        }
    }

    /** With a call. */
    static final class CallSamples {
        @RegisterExtension
        static final PbxExtension pbx = PbxExtension.with("1001");

        @RegisterExtension
        static final TraceExtension trace = TraceExtension.of(pbx).into(directory.resolve("calls"));

        private final CallClient app = CallClient.create(
                CallClientConfig.builder().platform(p -> p.audio(null)).build());

        @Test
        void hears_a_tone_and_fails() throws Exception {
            MediaRecording own = pbx.pbx().recordMedia();
            app.addAccount(pbx.account("1001").build()).dial("601");
            assertThat(pbx.pbx().holdsWithin(() -> own.count() > 60, Duration.ofSeconds(20)))
                    .isTrue();
            app.shutdown(Duration.ofSeconds(5)).toCompletableFuture().join();
            own.close();
            throw new AssertionError("on purpose");
        }
    }

    @Test
    void a_call_of_a_test_that_fails_can_be_listened_to() throws Exception {
        Path folder = directory.resolve("calls/TraceExtensionTest.CallSamples.hears_a_tone_and_fails");
        Files.createDirectories(folder);
        Path earlier = Files.writeString(folder.resolve("sound-9-1009-sent.wav"), "of an earlier run");

        run(selectClass(CallSamples.class));

        try (AudioInputStream heard = AudioSystem.getAudioInputStream(
                folder.resolve("sound-1-1001-heard.wav").toFile())) {
            assertThat(heard.getFormat().getSampleRate()).isEqualTo(8_000);
            assertThat(heard.getFrameLength()).isBetween(800L, 80_000L);
        }
        assertThat(Files.readString(folder.resolve("ladder.html")))
                .contains("<audio ", "What the phone of 1001 was sent");
        assertThat(earlier).doesNotExist();
        assertThat(Files.readString(folder.resolve("messages.pcapng"), StandardCharsets.ISO_8859_1))
                .contains("SRTP, decrypted by the PBX");
    }

    @Test
    void a_failed_test_leaves_the_messages_sent_while_it_ran() throws IOException {
        run(selectClass(Samples.class));

        assertThat(directory.resolve("shared"))
                .isDirectoryNotContaining(path -> !path.endsWith("TraceExtensionTest.Samples.fails"));

        Path folder = directory.resolve("shared/TraceExtensionTest.Samples.fails");
        String ladder = Files.readString(folder.resolve("ladder.html"));
        assertThat(ladder)
                .contains("1. OPTIONS", "2. 200 OK", "3. OPTIONS", ">asked<")
                .doesNotContain("5. ");
        assertThat(ladder).doesNotContain("s3cret");
        assertThat(Files.readString(folder.resolve("messages.pcapng"), StandardCharsets.ISO_8859_1))
                .contains("OPTIONS sip:pbx.test", "SIP/2.0 200")
                .doesNotContain("s3cret");
        assertThat(folder.resolve("messages-raw.pcapng")).doesNotExist();
    }

    @Test
    void secrets_are_written_only_in_a_lab_and_files_of_passed_tests_only_on_request() throws IOException {
        run(selectMethod(OwnSamples.class, "succeeds"));

        Path own = directory.resolve("own/TraceExtensionTest.OwnSamples.succeeds");
        assertThat(Files.readString(own.resolve("ladder.html")))
                .contains("4. 200 OK")
                .doesNotContain("s3cret");
        assertThat(Files.readString(own.resolve("messages-raw.pcapng"), StandardCharsets.ISO_8859_1))
                .contains("s3cret");
        assertThat(Files.readString(directory.resolve("watched/TraceExtensionTest.OwnSamples.succeeds/ladder.html")))
                .contains("4. 200 OK", "5. INFO", "flow 7 of app");
    }

    private static void run(DiscoverySelector selector) {
        LauncherFactory.create()
                .execute(LauncherDiscoveryRequestBuilder.request()
                        .selectors(selector)
                        .build());
    }

    /** Two requests, and their answers. */
    static void askTwice(EmbeddedPbx pbx) throws IOException {
        HostPort address = pbx.address(SipTransport.UDP);
        InetSocketAddress there = new InetSocketAddress(address.host(), address.port());
        try (DatagramSocket socket = new DatagramSocket(new InetSocketAddress(address.host(), 0))) {
            socket.setSoTimeout(10_000);
            for (int i = 1; i <= 2; i++) {
                byte[] request = String.join(
                                "\r\n",
                                "OPTIONS sip:pbx.test SIP/2.0",
                                "Via: SIP/2.0/UDP " + address.host() + ":" + socket.getLocalPort() + ";branch=z9hG4bK"
                                        + i,
                                "From: <sip:1001@pbx.test>;tag=1",
                                "To: <sip:pbx.test>",
                                "Call-ID: call-" + socket.getLocalPort() + "-" + i,
                                "CSeq: 1 OPTIONS",
                                "Max-Forwards: 70",
                                "X-Api-Key: s3cret",
                                "Content-Length: 0",
                                "",
                                "")
                        .getBytes(StandardCharsets.US_ASCII);
                socket.send(new DatagramPacket(request, request.length, there));
                socket.receive(new DatagramPacket(new byte[4096], 4096));
            }
        }
    }
}
