// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.ports.net.DatagramLink;
import com.techpro.callclient.ports.phonesystem.SecurityFloor;
import com.techpro.callclient.ports.phonesystem.SipAccount;
import com.techpro.callclient.ports.phonesystem.SipTransport;
import com.techpro.callclient.ports.secret.Secret;
import com.techpro.callclient.stack.ice.stun.StunAttribute;
import com.techpro.callclient.stack.ice.stun.StunClass;
import com.techpro.callclient.stack.ice.stun.StunMethod;
import com.techpro.callclient.stack.ice.stun.StunParseResult;
import com.techpro.callclient.stack.ice.stun.StunParser;
import com.techpro.callclient.stack.ice.stun.StunWriter;
import com.techpro.callclient.testkit.contracts.FakeAudio;
import com.techpro.callclient.testkit.contracts.SimulatedNat;
import com.techpro.callclient.testkit.contracts.SimulatedNetwork;
import com.techpro.callclient.testkit.contracts.VirtualTime;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An account over UDP behind a NAT, at a registrar that answers STUN on its own port (RFC 5626 §8) and says so ({@code keep}, RFC 6223). */
class UdpNatScenarioTest {
    private static final InetSocketAddress REGISTRAR = new InetSocketAddress("192.0.2.10", 5060);

    private final VirtualTime time = VirtualTime.seeded(6223);
    private final SimulatedNetwork network = new SimulatedNetwork(time, 6223);
    private final SimulatedNat nat = network.nat("198.51.100.1");
    private DatagramLink registrar;
    private CallClient client;
    private int registers;
    private int probes;
    /** Ports of the NAT. */
    private int registered;

    private int probed;

    @BeforeEach
    void open() throws IOException {
        registrar = network.host("192.0.2.10").openDatagram(REGISTRAR, this::received);
        client = CallClient.create(CallClientConfig.builder()
                .lab(lab -> lab.schedulers(time)
                        .network(network.hostBehind(nat, "10.0.0.1"))
                        .random(time.random("alice")))
                .platform(p -> p.audio(new FakeAudio(time.openLoop("audio"))))
                .callbacks(Runnable::run)
                .failures((thread, failure) -> {
                    throw new AssertionError("a task of the engine failed", failure);
                })
                .build());
    }

    @AfterEach
    void close() {
        client.close();
        time.advance(Duration.ofSeconds(6));
        registrar.close();
        network.close();
        time.close();
    }

    private void received(ByteBuffer packet, InetSocketAddress from) {
        if (StunParser.parse(packet.duplicate()) instanceof StunParseResult.Parsed parsed) {
            probes++;
            probed = from.getPort();
            answer(
                    new StunWriter(
                                    StunClass.SUCCESS,
                                    StunMethod.BINDING,
                                    parsed.message().id())
                            .xorAddress(StunAttribute.XOR_MAPPED_ADDRESS, from)
                            .fingerprint(),
                    from);
            return;
        }
        String request = StandardCharsets.UTF_8.decode(packet).toString();
        if (!request.startsWith("REGISTER")) {
            return;
        }
        registers++;
        registered = from.getPort();
        String via = header(request, "Via")
                .replaceFirst(";rport", ";received=" + from.getAddress().getHostAddress() + ";rport=" + from.getPort())
                .replaceFirst(";keep", ";keep=60");
        answer(
                String.join(
                                "\r\n",
                                "SIP/2.0 200 OK",
                                "Via: " + via,
                                "From: " + header(request, "From"),
                                "To: " + header(request, "To") + ";tag=r",
                                "Call-ID: " + header(request, "Call-ID"),
                                "CSeq: " + header(request, "CSeq"),
                                header(request, "Expires").equals("0")
                                        ? "Supported: path"
                                        : "Contact: " + header(request, "Contact") + ";expires=7200",
                                "Content-Length: 0",
                                "",
                                "")
                        .getBytes(StandardCharsets.UTF_8),
                from);
    }

    private void answer(byte[] packet, InetSocketAddress to) {
        registrar.send(ByteBuffer.wrap(packet), to);
    }

    private static String header(String message, String name) {
        var found = Pattern.compile("^" + name + ": (.*)$", Pattern.MULTILINE).matcher(message);
        return found.find() ? found.group(1) : "";
    }

    private Account account() {
        Account account = client.addAccount(SipAccount.builder("alice", "192.0.2.10", Secret.of("pw-alice"))
                .transport(SipTransport.UDP)
                .keepAlive(Duration.ofSeconds(30))
                .registrationExpiry(Duration.ofHours(2))
                .securityFloor(
                        SecurityFloor.DEFAULT.labAllowCleartextSignalling().labAllowCleartextMedia())
                .build());
        time.runUntil(() -> account.registration().state() == RegistrationState.REGISTERED, Duration.ofSeconds(40));
        time.advance(Duration.ofSeconds(1));
        return account;
    }

    @Test
    void a_NAT_that_restarts_is_found_out_by_the_next_keep_alive() {
        Account account = account();
        assertThat(registers)
                .as("once more, as it turned out to be seen elsewhere")
                .isLessThanOrEqualTo(2);
        int before = registered;
        nat.rebind();

        time.advance(Duration.ofSeconds(33));

        assertThat(registered).isNotEqualTo(before).isEqualTo(probed);
        assertThat(account.registration().state()).isEqualTo(RegistrationState.REGISTERED);
    }

    @Test
    void one_that_forgets_sooner_than_keep_alives_come_has_them_come_more_often() {
        nat.mappingTimeout(Duration.ofSeconds(20));
        account();
        time.advance(Duration.ofMinutes(2));
        int found = registers;
        int asked = probes;

        time.advance(Duration.ofMinutes(40));

        assertThat(registers).isEqualTo(found);
        assertThat(registered).isEqualTo(probed);
        // each 15 s less up to a fifth
        assertThat(probes - asked).isBetween(40 * 4, 40 * 5);
    }

    @Test
    void one_that_remembers_costs_nothing() {
        account();
        int once = registers;

        time.advance(Duration.ofMinutes(30));

        assertThat(registers).isEqualTo(once);
        assertThat(registered).isEqualTo(probed);
    }
}
