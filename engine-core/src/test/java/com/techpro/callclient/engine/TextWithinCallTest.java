// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.message.TextMessage;
import com.techpro.callclient.ports.phonesystem.SecurityFloor;
import com.techpro.callclient.testkit.contracts.ScriptedMessage;
import com.techpro.callclient.testkit.contracts.ScriptedPeer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The other half of {@link TextMessageTest}: a text that comes within a call (RFC 3428 §7), whose
 * dialog says whose it is, and not the user that it names.
 */
class TextWithinCallTest {
    private static final String HOST = ScriptedPhoneSystem.HOST;

    private final List<TextMessage> texts = new ArrayList<>();

    @ParameterizedTest
    @ValueSource(strings = {"alice", "nobody"})
    void S4_a_MESSAGE_within_a_call_is_rejected_if_the_signalling_is_unencrypted(String user) {
        try (ScriptedPhoneSystem scene = calling(ScriptedPhoneSystem.udp(3428))) {
            assertThat(received(scene, user).status()).isEqualTo(405);
            assertThat(texts).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"alice", "nobody"})
    void over_TLS_it_is_taken(String user) {
        try (ScriptedPhoneSystem scene = calling(ScriptedPhoneSystem.tls(
                3428,
                account -> account.securityFloor(SecurityFloor.DEFAULT.labAllowCleartextMedia()),
                config -> config))) {
            assertThat(received(scene, user).status()).isEqualTo(200);
            assertThat(texts).hasSize(1);
        }
    }

    private ScriptedPhoneSystem calling(ScriptedPhoneSystem scene) {
        scene.alice.addListener(new AccountListener() {
            @Override
            public void messageReceived(Account account, TextMessage message) {
                texts.add(message);
            }
        });
        scene.registered();
        scene.invite("call", "z9hG4bKcall", 1, ScriptedPeer.sdp(HOST, 40_000, 1));
        scene.until(() -> !scene.pbx.received("SIP/2.0 180").isEmpty());
        return scene;
    }

    /** A text in the dialog that the ringing phone has made, and what is answered to it. */
    private static ScriptedMessage received(ScriptedPhoneSystem scene, String user) {
        ScriptedMessage ringing = scene.pbx.last("SIP/2.0 180");
        String contact = ringing.uri("Contact");
        String via = scene.pbx.via();
        scene.pbx.send("MESSAGE sip:" + user + contact.substring(contact.indexOf('@')) + " SIP/2.0\nVia: " + via
                + "\nMax-Forwards: 70\nFrom: " + ringing.header("From") + "\nTo: " + ringing.header("To")
                + "\nCall-ID: "
                + ringing.header("Call-ID") + "\nCSeq: 2 MESSAGE\nContent-Type: text/plain\n\non my way");
        String branch = via.substring(via.indexOf("z9h"));
        scene.until(() -> scene.pbx.received("SIP/2.0").stream()
                .anyMatch(response -> response.header("Via").contains(branch)));
        return scene.pbx.received("SIP/2.0").stream()
                .filter(response -> response.header("Via").contains(branch))
                .findFirst()
                .orElseThrow();
    }
}
