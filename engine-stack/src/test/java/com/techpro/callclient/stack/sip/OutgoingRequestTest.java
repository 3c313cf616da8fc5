// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.sip;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.ports.phonesystem.HostPort;
import com.techpro.callclient.ports.phonesystem.SecurityFloor;
import com.techpro.callclient.ports.phonesystem.SipAccount;
import com.techpro.callclient.ports.phonesystem.SipTransport;
import com.techpro.callclient.ports.secret.Secret;
import com.techpro.callclient.stack.sip.auth.DigestAlgorithm;
import com.techpro.callclient.stack.sip.auth.DigestVerifier;
import com.techpro.callclient.stack.sip.message.NameAddr;
import com.techpro.callclient.stack.sip.message.SipRequest;
import com.techpro.callclient.stack.sip.message.SipResponse;
import com.techpro.callclient.stack.sip.message.SipUri;
import com.techpro.callclient.testkit.contracts.Seeds;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Requests outside dialogs: what they carry, how challenges are met, where they go when a server fails. */
class OutgoingRequestTest {
    private final SipScene scene = new SipScene();
    private final DigestVerifier verifier = new DigestVerifier(
            "pbx.example",
            List.of(DigestAlgorithm.SHA_256, DigestAlgorithm.MD5),
            "auth",
            Duration.ofMinutes(5),
            Seeds.random(3),
            scene.time::nanoTime);

    private void challengeOrAccept(ScriptedPeer pbx, SipRequest request, boolean proxy) {
        List<String> credentials = request.headers(proxy ? "Proxy-Authorization" : "Authorization");
        DigestVerifier.Verdict verdict = verifier.verify(
                        credentials, request.method(), request.body(), user -> Secret.of("secret"))
                .verdict();
        if (verdict == DigestVerifier.Verdict.ACCEPTED) {
            pbx.send(accept(pbx, request));
        } else if (!request.isMethod("ACK")) {
            SipResponse.Builder challenge = pbx.response(request, proxy ? 407 : 401);
            verifier.challenges(verdict == DigestVerifier.Verdict.STALE)
                    .forEach(value -> challenge.add(proxy ? "Proxy-Authenticate" : "WWW-Authenticate", value));
            pbx.send(challenge.build());
        }
    }

    private static SipResponse accept(ScriptedPeer pbx, SipRequest request) {
        SipResponse.Builder ok = pbx.response(request, 200);
        if (request.isMethod("REGISTER")) {
            request.contacts().forEach(ok::contact);
        } else {
            ok.contact(NameAddr.of(SipUri.of("sip:1002@" + SipScene.PBX + ":5060")));
        }
        return ok.build();
    }

    @Test
    void a_register_carries_all_required_headers() {
        SipScene own = new SipScene(SipSettings.DEFAULT
                .withInstanceId("urn:uuid:00000000-0000-1000-8000-000a95a0e128")
                .withUserAgent("Phone/1"));
        SipEndpoint endpoint = own.endpoint();

        own.run(() -> endpoint.send(endpoint.newRegister().set("Expires", "600"), own.listener("r")));
        own.pass(20);

        SipRequest register = own.pbx.last("REGISTER");
        assertThat(register.requestUri().encode()).isEqualTo("sip:pbx.example");
        assertThat(register.to().uri().encode()).isEqualTo("sip:1001@pbx.example");
        assertThat(register.from().tag()).isNotNull();
        assertThat(register.header("Max-Forwards")).isEqualTo("70");
        assertThat(register.header("User-Agent")).isEqualTo("Phone/1");
        assertThat(register.headers("Supported")).contains("path", "outbound");
        assertThat(register.header("Allow")).contains("INVITE");
        assertThat(register.contacts()).singleElement().satisfies(contact -> {
            assertThat(contact.uri().user()).isEqualTo("1001");
            assertThat(contact.uri().host()).isEqualTo(SipScene.ENGINE);
            assertThat(contact.params()).containsKeys("+sip.instance", "reg-id");
        });
        assertThat(register.topVia().branch()).startsWith("z9hG4bK");
        assertThat(register.topVia().rport()).isZero();
    }

    @Test
    void a_challenge_is_met_with_the_next_cseq_in_the_same_call_id() {
        SipEndpoint endpoint = scene.endpoint();
        scene.pbx.script(request -> challengeOrAccept(scene.pbx, request, false));

        scene.run(() -> endpoint.send(endpoint.newRegister().set("Expires", "600"), scene.listener("r")));
        scene.pass(50);

        assertThat(scene.heard).containsExactly("r 200");
        assertThat(scene.pbx.requests).extracting(r -> r.cseq().number()).containsExactly(1L, 2L);
        assertThat(ids(scene.pbx.requests)).hasSize(1);
        assertThat(scene.pbx.requests.stream().map(r -> r.topVia().branch()).distinct())
                .hasSize(2);
        assertThat(scene.pbx.requests.get(1).headers("Authorization"))
                .singleElement()
                .asString()
                .contains("algorithm=SHA-256");
        scene.run(() -> endpoint.send(endpoint.newRegister().set("Expires", "600"), scene.listener("again")));
        scene.pass(50);
        assertThat(scene.heard).as("the nonce is remembered").containsExactly("r 200", "again 200");
        assertThat(scene.pbx.requests).hasSize(3);
        assertThat(scene.pbx.requests.get(2).cseq().number()).isEqualTo(3);
        endpointClosed(endpoint);
    }

    @Test
    void an_invite_is_challenged_by_a_proxy_and_the_ack_has_no_credentials() {
        SipEndpoint endpoint = scene.endpoint();
        scene.pbx.script(request -> {
            if (request.isMethod("INVITE")) {
                challengeOrAccept(scene.pbx, request, true);
            }
        });

        OutgoingInvite call =
                scene.on(() -> endpoint.invite(endpoint.newRequest("INVITE", SipScene.CALLEE), scene.inviteListener()));
        scene.pass(50);

        assertThat(scene.heard).containsExactly("accepted peer");
        List<SipRequest> invites = scene.pbx.all("INVITE");
        assertThat(invites).extracting(r -> r.cseq().number()).containsExactly(1L, 2L);
        assertThat(ids(invites)).hasSize(1);
        assertThat(scene.pbx.last("ACK").cseq().number()).isEqualTo(1);
        assertThat(call.request()).isNotNull();
        scene.run(() -> call.discard(scene.answers.get(0)));
        scene.pass(20);
        assertThat(scene.pbx.last("ACK").cseq().number()).isEqualTo(2);
        assertThat(scene.pbx.last("ACK").headers("Proxy-Authorization"))
                .as("RFC 3261 §22.3: the ACK of a 2xx repeats the credentials of its INVITE")
                .isEqualTo(invites.get(1).headers("Proxy-Authorization"));
        assertThat(scene.pbx.last("BYE").cseq().number()).isEqualTo(3);
    }

    @Test
    void a_wrong_password_is_tried_once() {
        SipEndpoint endpoint = scene.endpoint(SipAccount.builder("1001", "pbx.example", Secret.of("wrong"))
                .transport(SipTransport.UDP)
                .securityFloor(SecurityFloor.DEFAULT.labAllowCleartextSignalling())
                .build());
        scene.pbx.script(request -> challengeOrAccept(scene.pbx, request, false));

        scene.run(() -> endpoint.send(endpoint.newRegister(), scene.listener("r")));
        scene.pass(100);

        assertThat(scene.heard).containsExactly("r 401 wrong-credentials");
        assertThat(scene.pbx.requests).hasSize(2);
    }

    @Test
    void md5_is_not_answered_below_the_floor() {
        SipEndpoint endpoint = scene.endpoint(scene.account(SipTransport.UDP)
                .securityFloor(
                        SecurityFloor.DEFAULT.labAllowCleartextSignalling().withoutMd5Digest())
                .build());
        scene.pbx.script(request -> scene.pbx.send(scene.pbx
                .response(request, 401)
                .set("WWW-Authenticate", "Digest realm=\"x\", nonce=\"n\", algorithm=MD5, qop=\"auth\"")
                .build()));

        scene.run(() -> endpoint.send(endpoint.newRegister(), scene.listener("r")));
        scene.pass(100);

        assertThat(scene.heard).containsExactly("r 401 authentication-too-weak");
        assertThat(scene.pbx.requests).hasSize(1);
    }

    @Test
    void every_refusal_has_its_meaning() {
        SipEndpoint endpoint = scene.endpoint();
        for (String row : List.of(
                "403 forbidden",
                "404 not-found",
                "410 not-found",
                "484 not-found",
                "604 not-found",
                "408 timeout-response",
                "480 unavailable",
                "486 busy",
                "603 declined",
                "488 media-refused",
                "500 server-error-500",
                "503 server-error-503",
                "423 rejected-423",
                "302 redirected-302")) {
            int status = Integer.parseInt(row.substring(0, 3));
            scene.pbx.script(request -> scene.pbx.answer(request, status));
            scene.heard.clear();

            scene.run(() -> endpoint.send(endpoint.newRequest("OPTIONS", SipScene.CALLEE), scene.listener("o")));
            scene.pass(100);

            assertThat(scene.heard).containsExactly("o " + row);
        }
        scene.assertQuiet();
    }

    @Test
    void silence_ends_with_a_timeout_and_leaves_nothing() {
        SipEndpoint endpoint = scene.endpoint();

        scene.run(() -> endpoint.send(endpoint.newRequest("MESSAGE", SipScene.CALLEE), scene.listener("m")));
        scene.pass(33_000);

        assertThat(scene.heard).containsExactly("m failed timeout-response");
        scene.assertQuiet();
        assertThat(scene.scheduler.pendingTimers()).isZero();
    }

    @Test
    void an_oversized_request_without_tcp_fails_at_once() {
        SipEndpoint endpoint = scene.endpoint();

        scene.run(() -> endpoint.send(
                endpoint.newRequest("MESSAGE", SipScene.CALLEE).body("text/plain", new byte[66_000]),
                scene.listener("message")));
        scene.pass(15_000);

        assertThat(scene.heard).containsExactly("message failed message-too-large");
        assertThat(scene.pbx.requests).isEmpty();
        scene.heard.clear();
        scene.register(endpoint);
        endpointClosed(endpoint);
    }

    @Test
    void an_unknown_name_is_a_dns_failure() {
        SipEndpoint endpoint = scene.endpoint(SipAccount.builder("1", "nowhere.example", Secret.of("x"))
                .transport(SipTransport.UDP)
                .securityFloor(SecurityFloor.DEFAULT.labAllowCleartextSignalling())
                .build());

        scene.run(() -> endpoint.send(endpoint.newRegister(), scene.listener("r")));
        scene.pass(60_000);

        assertThat(scene.heard).containsExactly("r failed dns");
        scene.assertQuiet();
    }

    @Test
    void a_server_that_says_503_or_nothing_is_replaced_by_the_next() {
        scene.network.dns().srv("_sip._udp.two.example", 1, 0, 5060, "pbx.example");
        scene.network.dns().srv("_sip._udp.two.example", 2, 0, 5060, "backup.example");
        scene.network.dns().address("backup.example", "192.0.2.11");
        ScriptedPeer backup = new ScriptedPeer(scene.network.host("192.0.2.11"), "192.0.2.11", 5060);
        backup.script(request -> backup.send(accept(backup, request)));
        scene.pbx.script(request -> scene.pbx.answer(request, 503));
        SipEndpoint endpoint = scene.endpoint(SipAccount.builder("1001", "two.example", Secret.of("x"))
                .transport(SipTransport.UDP)
                .securityFloor(SecurityFloor.DEFAULT.labAllowCleartextSignalling())
                .build());

        scene.run(() -> endpoint.send(endpoint.newRegister().set("Expires", "60"), scene.listener("r")));
        scene.pass(100);

        assertThat(scene.heard).containsExactly("r 200");
        assertThat(scene.pbx.requests).hasSize(1);
        assertThat(backup.requests).hasSize(1);
        assertThat(backup.requests.get(0).cseq().number())
                .as("the same request: a server that did get it can tell")
                .isEqualTo(scene.pbx.requests.get(0).cseq().number());
        endpointClosed(endpoint);
    }

    @Test
    void the_outbound_proxy_is_the_first_route_and_the_service_route_follows() {
        SipEndpoint endpoint = scene.endpoint(SipAccount.builder("1001", "corp.example", Secret.of("x"))
                .transport(SipTransport.UDP)
                .outboundProxy(HostPort.parse(SipScene.PBX + ":5060"))
                .securityFloor(SecurityFloor.DEFAULT.labAllowCleartextSignalling())
                .build());
        scene.pbx.script(request -> scene.pbx.send(accept(scene.pbx, request).toBuilder()
                .add("Service-Route", "<sip:home.example;lr>")
                .build()));
        scene.run(() -> endpoint.send(endpoint.newRegister().set("Expires", "60"), scene.listener("r")));
        scene.pass(50);

        scene.run(() -> endpoint.send(endpoint.newRequest("OPTIONS", SipScene.CALLEE), scene.listener("o")));
        scene.pass(20);

        assertThat(scene.pbx.requests.get(0).headers("Route")).containsExactly("<sip:192.0.2.10:5060;lr>");
        assertThat(scene.pbx.requests.get(1).headers("Route"))
                .containsExactly("<sip:192.0.2.10:5060;lr>", "<sip:home.example;lr>");
        endpointClosed(endpoint);
    }

    @Test
    void a_domain_with_a_port_is_asked_there_and_nowhere_that_SRV_says() {
        ScriptedPeer at5080 = new ScriptedPeer(scene.network.host("192.0.2.20"), "192.0.2.20", 5080);
        scene.network.dns().address("other.example", "192.0.2.20");
        scene.network.dns().srv("_sip._udp.other.example", 1, 0, 5060, "pbx.example");
        SipEndpoint endpoint = scene.endpoint(SipAccount.builder("1001", "other.example:5080", Secret.of("x"))
                .transport(SipTransport.UDP)
                .securityFloor(SecurityFloor.DEFAULT.labAllowCleartextSignalling())
                .build());
        at5080.script(request -> at5080.send(accept(at5080, request)));

        scene.run(() -> endpoint.send(endpoint.newRegister().set("Expires", "60"), scene.listener("r")));
        scene.pass(50);
        scene.run(() -> endpoint.send(
                endpoint.newRequest("OPTIONS", SipUri.of("sip:1002@other.example")), scene.listener("o")));
        scene.run(() ->
                endpoint.send(endpoint.newRequest("OPTIONS", SipUri.of("sip:1002@else.example")), scene.listener("p")));
        scene.pass(50);

        assertThat(scene.heard).containsExactly("r 200", "o 200", "p 200");
        assertThat(scene.pbx.requests).isEmpty();
        assertThat(at5080.requests)
                .extracting(request -> request.requestUri().encode())
                .containsExactly("sip:other.example:5080", "sip:1002@other.example:5080", "sip:1002@else.example");
        assertThat(at5080.requests.get(0).headers("Route")).isEmpty();
        assertThat(at5080.requests.get(0).header("To")).isEqualTo("<sip:1001@other.example>");
        assertThat(at5080.requests.get(1).header("To"))
                .as("RFC 3261 §19.1.1: no port in To and From")
                .isEqualTo("<sip:1002@other.example>");
        endpointClosed(endpoint);
    }

    @Test
    void an_address_seen_from_outside_becomes_the_contact() {
        SipEndpoint endpoint = scene.endpoint();
        scene.pbx.script(request -> {
            var via = request.topVia().withParam("received", "198.51.100.7").withParam("rport", "40000");
            scene.pbx.send(scene.pbx
                    .response(request, 200)
                    .contact(request.contacts().get(0))
                    .replaceTopVia(via)
                    .build());
        });

        scene.run(() -> endpoint.send(endpoint.newRegister().set("Expires", "60"), scene.listener("r")));
        scene.pass(50);
        scene.run(() -> endpoint.send(endpoint.newRegister().set("Expires", "60"), scene.listener("r")));
        scene.pass(50);

        assertThat(scene.heard).as("told once").containsExactly("r 200", "contact changed", "r 200");
        assertThat(scene.pbx.requests.get(1).contacts().get(0).uri().host()).isEqualTo("198.51.100.7");
        assertThat(scene.pbx.requests.get(1).contacts().get(0).uri().port()).isEqualTo(40000);
        endpointClosed(endpoint);
    }

    private void endpointClosed(SipEndpoint endpoint) {
        scene.run(endpoint::close);
        scene.assertQuiet();
        assertThat(scene.scheduler.pendingTimers()).isZero();
        assertThat(scene.on(scene.stack::counters).endpoints()).isZero();
    }

    private static Set<String> ids(List<SipRequest> requests) {
        return requests.stream().map(SipRequest::callId).collect(Collectors.toSet());
    }
}
