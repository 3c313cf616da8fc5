// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.sip;

import com.techpro.callclient.stack.sip.auth.DigestAlgorithm;
import com.techpro.callclient.stack.sip.auth.DigestVerifier;
import com.techpro.callclient.stack.sip.message.SipRequest;
import com.techpro.callclient.stack.sip.message.SipResponse;
import com.techpro.callclient.stack.sip.message.SipUri;
import com.techpro.callclient.testkit.contracts.RandomDraws;
import com.techpro.callclient.testkit.contracts.Seeds;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What the far end reads of identifiers and nonces: each is drawn, whole, and once for each use. */
class DrawnIdentifiersTest {
    /** Of sixteen digits; the first of a number is one of eight. */
    private static final int LEAST = 6;

    private final SipScene scene = new SipScene();

    /** Call-ID, From tag, branch, the line of the Contact, and the cnonce of RFC 8760. */
    @Test
    void RFC3261_8_1_1_identifiers_of_a_request_are_random() {
        scene.pbx.script(request -> {
            boolean challenged = request.header("Authorization") != null;
            SipResponse.Builder answer = scene.pbx.response(request, challenged ? 200 : 401);
            if (!challenged) {
                answer.set("WWW-Authenticate", "Digest realm=\"pbx\", nonce=\"n\", algorithm=SHA-256, qop=\"auth\"");
            }
            scene.pbx.send(answer.build());
        });
        RandomDraws.assertRandomText(LEAST, () -> {
            scene.pbx.requests.clear();
            SipEndpoint endpoint = scene.endpoint();
            scene.run(() -> endpoint.send(endpoint.newRegister(), scene.listener("register")));
            scene.pass(100);
            SipRequest first = scene.pbx.requests.get(0);
            SipRequest second = scene.pbx.requests.get(1);
            Matcher cnonce = Pattern.compile("cnonce=\"([^\"]+)\"").matcher(second.header("Authorization"));
            return first.callId()
                    + first.from().tag()
                    + branch(first)
                    + branch(second)
                    + first.contacts().get(0).uri().param("line")
                    + (cnonce.find() ? cnonce.group(1) : "");
        });
    }

    /** The To tag (§19.3), and the first RSeq (RFC 3262 §3). */
    @Test
    void identifiers_of_a_response_are_random() {
        SipEndpoint endpoint = scene.endpoint();
        scene.register(endpoint);
        SipUri contact = scene.on(() -> endpoint.contact().uri());
        int[] call = {0};
        RandomDraws.assertRandomText(LEAST, () -> {
            scene.pbx.responses.clear();
            scene.pbx.send(scene.fromPbx("INVITE", contact, "call" + call[0]++)
                    .set("Supported", "100rel")
                    .build());
            scene.pass(20);
            var invite = scene.incoming.get(scene.incoming.size() - 1);
            scene.run(() -> endpoint.respondReliably(invite, endpoint.response(invite, 183), () -> {}));
            scene.pass(20);
            SipResponse progress = scene.pbx.responses.stream()
                    .filter(response -> response.status() == 183)
                    .findFirst()
                    .orElseThrow();
            scene.run(() -> invite.respond(486));
            return progress.to().tag() + String.format("%08x", Integer.parseInt(progress.header("RSeq")));
        });
    }

    @Test
    void RFC7616_3_3_nonces_of_a_server_are_random() {
        DigestVerifier server = new DigestVerifier(
                "pbx", List.of(DigestAlgorithm.SHA_256), "auth", Duration.ofMinutes(1), Seeds.random(1), () -> 0);
        RandomDraws.assertRandomText(LEAST, () -> {
            String nonce = server.newNonce();
            return nonce.substring(0, 16) + String.format("%016x", Long.parseUnsignedLong(nonce.substring(16), 16));
        });
    }

    private static String branch(SipRequest request) {
        return request.topVia().branch().substring("z9hG4bK".length());
    }
}
