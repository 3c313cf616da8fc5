// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.interop;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.engine.call.CallEnding;
import com.techpro.callclient.engine.failure.Failure;
import com.techpro.callclient.ports.phonesystem.HostPort;
import com.techpro.callclient.ports.phonesystem.SecurityFloor;
import com.techpro.callclient.ports.phonesystem.SipAccount;
import com.techpro.callclient.ports.phonesystem.SipTransport;
import com.techpro.callclient.ports.secret.Secret;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is beyond the lines of {@link SippScenarios}: floods, and what a refusal tells. */
@Tag("interop")
class SippInteropTest {
    @TempDir
    Path directory;

    private Sipp sipp;
    private EnginePhone phone;
    private String contact;

    @BeforeEach
    void register() {
        sipp = new Sipp(directory, "u1");
        Sipp.Scenario registration = sipp.expect("register", Map.of());
        phone = new EnginePhone(account(sipp.port(), SipTransport.UDP), null).awaitRegistered();
        registration.awaitSuccess();
        contact = registration.contact();
    }

    @AfterEach
    void leave() {
        phone.vanish();
    }

    private static SipAccount.Builder account(int port, SipTransport transport) {
        return SipAccount.builder("1001", "pbx.test", Secret.of("pw-1001"))
                .transport(transport)
                .outboundProxy(new HostPort("127.0.0.1", port))
                .keepAlive(Duration.ofMinutes(30))
                .securityFloor(
                        SecurityFloor.DEFAULT.labAllowCleartextSignalling().labAllowCleartextMedia());
    }

    @Test
    void a_header_of_many_kilobytes_is_refused_and_the_engine_goes_on() throws IOException {
        try (DatagramSocket stranger = new DatagramSocket()) {
            byte[] bomb = ("OPTIONS " + contact + " SIP/2.0\r\nX-Filler: " + "a".repeat(60_000) + "\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII);
            String[] target = Sipp.hostPort(contact).split(":");
            stranger.send(new DatagramPacket(
                    bomb, bomb.length, InetAddress.getByName(target[0]), Integer.parseInt(target[1])));
        }
        phone.answering();
        sipp.play("lost-ack", contact).awaitSuccess();
    }

    @Test
    void a_megabyte_of_headers_on_a_stream_ends_that_stream_only() throws IOException {
        try (ServerSocket flood = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            flood.setSoTimeout(20_000);
            EnginePhone victim = new EnginePhone(account(flood.getLocalPort(), SipTransport.TCP), null);
            try (Socket connection = flood.accept()) {
                byte[] chunk = ("X-Filler: " + "a".repeat(8000) + "\r\n").getBytes(StandardCharsets.US_ASCII);
                connection
                        .getOutputStream()
                        .write("OPTIONS sip:1001@pbx.test SIP/2.0\r\n".getBytes(StandardCharsets.US_ASCII));
                boolean refused = false;
                for (int sent = 0; sent < 8_000_000 && !refused; sent += chunk.length) {
                    refused = !accepts(connection, chunk);
                }
                // What it has not read, the kernel may have taken: several megabytes on a busy machine.
                assertThat(refused || isHungUp(connection))
                        .as("the engine hangs up")
                        .isTrue();
                assertThat(victim.counters().accounts()).as("and goes on").isEqualTo(1);
            } finally {
                victim.vanish();
            }
        }
    }

    /** Reads what the engine has sent until its end of the stream. */
    private static boolean isHungUp(Socket connection) throws IOException {
        connection.setSoTimeout(20_000);
        try {
            while (connection.getInputStream().read() >= 0) {
                continue;
            }
            return true;
        } catch (SocketTimeoutException e) {
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    private static boolean accepts(Socket connection, byte[] bytes) {
        try {
            connection.getOutputStream().write(bytes);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    @Test
    void a_server_error_tells_how_long_to_wait() {
        Sipp.Scenario peer =
                sipp.expect("refused", Map.of("STATUS", "503 Service Unavailable", "EXTRA", "Retry-After: 30\n"));
        Call call = phone.account().dial("2000");

        assertThat(EnginePhone.awaitEnding(call))
                .isEqualTo(new CallEnding.Failed(new Failure.ServerError(503, Duration.ofSeconds(30))));
        peer.awaitSuccess();
    }
}
