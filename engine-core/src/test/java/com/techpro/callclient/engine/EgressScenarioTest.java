// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.PhoneScene.Phone;
import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.engine.call.CallEnding;
import com.techpro.callclient.engine.call.CallState;
import com.techpro.callclient.engine.call.HoldState;
import com.techpro.callclient.engine.failure.Failure;
import com.techpro.callclient.ports.phonesystem.HostPort;
import com.techpro.callclient.ports.phonesystem.Policy;
import com.techpro.callclient.ports.phonesystem.SecurityFloor;
import com.techpro.callclient.ports.phonesystem.SipAccount;
import com.techpro.callclient.ports.phonesystem.SipTransport;
import com.techpro.callclient.ports.secret.Secret;
import com.techpro.callclient.stack.sip.message.SipMessage;
import com.techpro.callclient.stack.sip.message.SipRequest;
import com.techpro.callclient.stack.sip.message.SipResponse;
import com.techpro.callclient.testkit.contracts.PacketTrace.Packet;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Promise S5 over whole scenarios: every packet that left, against the list of who may be talked to. */
class EgressScenarioTest {
    private static final String ALICE = "192.0.2.1";

    private PhoneScene scene;

    @BeforeEach
    void scene() {
        scene = new PhoneScene(9);
    }

    @AfterEach
    void close() {
        scene.close();
    }

    @Test
    void S5_a_whole_call_reaches_the_phone_system_and_the_other_phone_and_nobody_else() {
        Phone alice = scene.phone("alice", ALICE).registered();
        Phone bob = scene.phone("bob", "192.0.2.2").registered();
        Call call = scene.talk(alice, bob);
        scene.pass(Duration.ofSeconds(12));
        call.hangUp();
        alice.assertQuiet();

        assertThat(reachedBy(ALICE)).containsExactlyInAnyOrder(PhoneScene.DOMAIN, "192.0.2.2");
        assertThat(alice.counters().drops()).doesNotContainKey("destination-refused");
    }

    @Test
    void S5_after_a_call_the_other_phone_is_a_stranger_again() {
        Phone alice = scene.phone("alice", ALICE).registered();
        Phone bob = scene.phone("bob", "192.0.2.2").registered();
        Call call = scene.talk(alice, bob);
        scene.pass(Duration.ofSeconds(12));
        call.hangUp();
        alice.assertQuiet();
        int before = packets(ALICE).size();

        // Whoever sends something malformed gets an answer, if it may be talked to at all.
        InetSocketAddress port = sipPort();
        bob.client.close();
        scene.pass(Duration.ofSeconds(1));
        try (var link = scene.network
                .host("192.0.2.3")
                .openDatagram(new InetSocketAddress("192.0.2.3", 5060), (packet, from) -> {
                    throw new AssertionError("a stranger was answered");
                })) {
            link.send(ByteBuffer.wrap(malformed()), port);
            scene.pass(Duration.ofSeconds(1));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        assertThat(packets(ALICE).subList(before, packets(ALICE).size()))
                .allMatch(packet -> packet.to().getAddress().getHostAddress().equals(PhoneScene.DOMAIN));
        assertThat(alice.counters().drops()).containsEntry("destination-refused", 1L);
    }

    @Test
    void S5_sound_that_is_to_go_to_this_machine_itself_ends_the_call() {
        Phone alice = scene.phone("alice", ALICE).registered();
        Phone bob = scene.phone("bob", "192.0.2.2").registered();
        scene.proxy.between(sdpFrom("192.0.2.2", "127.0.0.1"));
        alice.account.dial("bob");
        scene.until(() -> bob.incoming != null);
        bob.incoming.answer();
        scene.until(() -> alice.ending() != null);

        assertThat(alice.ending()).isEqualTo(new CallEnding.Failed(new Failure.DestinationRefused()));
        bob.assertQuiet();
        assertThat(reachedBy(ALICE)).doesNotContain("127.0.0.1");
    }

    @Test
    void a_call_survives_repeated_media_moves() {
        Phone alice = scene.phone("alice", ALICE).registered();
        Phone bob = scene.phone("bob", "192.0.2.2").registered().speaking(880);
        int[] port = {30_000};
        scene.proxy.between(message -> "application/sdp".equals(message.contentType())
                        && message.bodyText().contains("c=IN IP4 192.0.2.2")
                ? withBody(message, message.bodyText().replaceFirst("m=audio \\d+", "m=audio " + (port[0] += 2)))
                : message);
        Call call = scene.talk(alice, bob);
        for (int i = 0; i < 40; i++) {
            bob.incoming.hold();
            scene.until(() -> call.snapshot().hold() == HoldState.REMOTE);
            bob.incoming.resume();
            scene.until(() -> call.snapshot().hold() == HoldState.NONE);
        }
        assertThat(call.snapshot().state()).isEqualTo(CallState.ESTABLISHED);
    }

    @Test
    void S5_an_account_outside_the_policy_fails_and_nothing_leaves() {
        Policy policy = new Policy(Set.of("*.example.com"), null, null, null, null, Set.of());
        Phone alice = scene.phone("alice", ALICE, config -> config.policy(policy));
        scene.until(() -> alice.account.registration().failure() != null);

        assertThat(alice.account.registration().failure()).isEqualTo(new Failure.DestinationRefused());
        scene.pass(Duration.ofMinutes(10));
        assertThat(packets(ALICE)).isEmpty();
    }

    @Test
    void S5_a_name_server_cannot_lead_out_of_the_policy() {
        scene.network.dns().srv("_sip._udp.pbx.example.com", 1, 1, 5060, "elsewhere.net");
        scene.network.dns().address("elsewhere.net", "203.0.113.66");
        Policy policy = new Policy(Set.of("*.example.com"), null, null, null, null, Set.of());
        Phone alice = scene.phone("alice", ALICE, config -> config.policy(policy));
        Account named = alice.client.addAccount(account("pbx.example.com", null));
        scene.until(() -> named.registration().failure() != null);

        assertThat(named.registration().failure()).isEqualTo(new Failure.DestinationRefused());
        assertThat(packets(ALICE)).isEmpty();
    }

    @Test
    void S5_only_the_configured_outbound_proxy_is_contacted() {
        Phone alice = scene.phone("alice", ALICE).registered();
        Account second = alice.client.addAccount(account("pbx.example.com", new HostPort(PhoneScene.DOMAIN, 5060)));
        scene.until(() -> second.registration().state() == RegistrationState.REGISTERED);
        assertThat(reachedBy(ALICE)).containsExactly(PhoneScene.DOMAIN);
    }

    private static SipAccount account(String domain, HostPort proxy) {
        return SipAccount.builder("alice", domain, Secret.of("pw"))
                .transport(SipTransport.UDP)
                .outboundProxy(proxy)
                .securityFloor(SecurityFloor.DEFAULT.labAllowCleartextSignalling())
                .build();
    }

    private List<Packet> packets(String from) {
        List<Packet> sent = new ArrayList<>(scene.network.trace().packets());
        sent.removeIf(packet -> !packet.from().getAddress().getHostAddress().equals(from));
        return sent;
    }

    private Set<String> reachedBy(String from) {
        return packets(from).stream()
                .map(packet -> packet.to().getAddress().getHostAddress())
                .collect(Collectors.toSet());
    }

    private InetSocketAddress sipPort() {
        return scene.network.trace().packets().stream()
                .filter(packet -> packet.to().getPort() == 5060
                        && packet.from().getAddress().getHostAddress().equals(ALICE))
                .map(Packet::from)
                .findFirst()
                .orElseThrow();
    }

    private static byte[] malformed() {
        return ("INVITE sip:alice@192.0.2.1 SIP/2.0\r\nVia: SIP/2.0/UDP 192.0.2.3;branch=z9hG4bKx;rport\r\n"
                        + "From: <sip:x@192.0.2.3>;tag=1\r\nTo: <sip:alice@192.0.2.1>\r\nCall-ID: x\r\nCSeq: one INVITE\r\n"
                        + "Max-Forwards: 70\r\nContent-Length: 0\r\n\r\n")
                .getBytes(StandardCharsets.UTF_8);
    }

    private static Function<SipMessage, SipMessage> sdpFrom(String address, String changed) {
        return message -> {
            if (!"application/sdp".equals(message.contentType())
                    || !message.bodyText().contains("c=IN IP4 " + address)) {
                return message;
            }
            return withBody(message, message.bodyText().replace("c=IN IP4 " + address, "c=IN IP4 " + changed));
        };
    }

    private static SipMessage withBody(SipMessage message, String text) {
        return message instanceof SipRequest request
                ? request.toBuilder().body("application/sdp", text).build()
                : ((SipResponse) message)
                        .toBuilder().body("application/sdp", text).build();
    }
}
