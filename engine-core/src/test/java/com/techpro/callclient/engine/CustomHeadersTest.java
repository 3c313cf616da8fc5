// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine;

import static com.techpro.callclient.testkit.contracts.ScriptedPeer.lines;
import static com.techpro.callclient.testkit.contracts.ScriptedPeer.sdp;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.engine.call.CallHeader;
import com.techpro.callclient.engine.call.CallOptions;
import com.techpro.callclient.engine.call.CallState;
import com.techpro.callclient.ports.phonesystem.SipTransport;
import com.techpro.callclient.testkit.contracts.ScriptedMessage;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Headers of a host's own, by a list that can have none of the engine's. */
class CustomHeadersTest {
    private static final String CONTACT = "Contact: <sip:bob@192.0.2.10:5060>";

    private static ScriptedPhoneSystem scene(String... permitted) {
        return new ScriptedPhoneSystem(
                        5, SipTransport.TCP, account -> account, config -> config.customHeaders(permitted))
                .registered();
    }

    private static CallOptions with(String name, String value) {
        return CallOptions.DEFAULT.withHeaders(List.of(new CallHeader(name, value)));
    }

    @Test
    void a_custom_header_is_sent_with_the_INVITE_and_not_with_later_requests() {
        try (ScriptedPhoneSystem scene = scene("X-Queue", "Subject")) {
            scene.pbx.on(
                    "INVITE",
                    invite -> scene.pbx.respond(invite, "200 OK", lines(CONTACT, sdp("192.0.2.10", 40_000, 1))));
            Call call = scene.alice.dial("bob", with("x-queue", "sales; zürich"));
            scene.until(() -> call.snapshot().state() == CallState.ESTABLISHED);
            call.hold();
            scene.until(() -> scene.pbx.received("INVITE").size() == 2);

            List<ScriptedMessage> invites = scene.pbx.received("INVITE");
            assertThat(invites.get(0).header("X-Queue")).isEqualTo("sales; zürich");
            assertThat(invites.get(1).header("X-Queue")).isEmpty();
            assertThat(scene.pbx.last("ACK").header("X-Queue")).isEmpty();
        }
    }

    @Test
    void it_goes_again_with_the_INVITE_that_answers_a_challenge() {
        try (ScriptedPhoneSystem scene = scene("X-Queue")) {
            scene.pbx.on(
                    "INVITE",
                    invite -> scene.pbx.respond(
                            invite,
                            "401 Unauthorized",
                            "WWW-Authenticate: Digest realm=\"r\", nonce=\"n\", qop=\"auth\""));
            scene.alice.dial("bob", with("X-Queue", "sales"));
            scene.until(() -> scene.pbx.received("INVITE").size() == 2);

            assertThat(scene.pbx.received("INVITE").get(1).header("Authorization"))
                    .isNotEmpty();
            assertThat(scene.pbx.received("INVITE").get(1).header("X-Queue")).isEqualTo("sales");
        }
    }

    @Test
    void a_header_that_is_not_on_the_list_is_refused_before_anything_is_sent() {
        try (ScriptedPhoneSystem scene = scene("X-Queue")) {
            assertThatIllegalArgumentException().isThrownBy(() -> scene.alice.dial("bob", with("X-Other", "sales")));
            scene.pass(Duration.ofSeconds(2));
            assertThat(scene.pbx.received("INVITE")).isEmpty();
        }
    }

    @Test
    void of_an_incoming_call_the_headers_of_the_list_are_told_and_no_others() {
        try (ScriptedPhoneSystem scene = scene("X-Queue", "Call-Info")) {
            scene.invite(
                    "in",
                    "z9hG4bKin",
                    1,
                    lines(
                            "X-Other: secret\nx-queue: sales\nX-Queue: more\nX-Queue: " + "y".repeat(600),
                            sdp("192.0.2.10", 40_000, 1)));
            scene.until(() -> !scene.incoming.isEmpty());

            List<CallHeader> headers = scene.incoming.get(0).snapshot().headers();
            assertThat(headers).containsExactly(new CallHeader("X-Queue", "sales"), new CallHeader("X-Queue", "more"));
            scene.incoming.get(0).answer();
            scene.until(() -> !scene.pbx.received("SIP/2.0 200").isEmpty());
            assertThat(scene.incoming.get(0).snapshot().headers()).isEqualTo(headers);
            assertThat(scene.incoming.get(0).snapshot().toString() + headers).doesNotContain("sales");
        }
    }

    @Test
    void without_a_list_there_are_none() {
        try (ScriptedPhoneSystem scene = scene()) {
            scene.invite("in", "z9hG4bKin", 1, lines("X-Queue: sales", sdp("192.0.2.10", 40_000, 1)));
            scene.until(() -> !scene.incoming.isEmpty());

            assertThat(scene.incoming.get(0).snapshot().headers()).isEmpty();
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> scene.incoming.get(0).answer(with("X-Queue", "sales")));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Via",
                "from",
                "TO",
                "Contact",
                "Authorization",
                "Proxy-Authorization",
                "Route",
                "Record-Route",
                "Call-ID",
                "CSeq",
                "Content-Length",
                "Content-Type",
                "P-Asserted-Identity",
                "Remote-Party-ID",
                "Privacy",
                "Replaces",
                "Require",
                "User-Agent",
                "i",
                "m",
                "",
                "X Queue",
                "X-Queue:",
                "X-Queue\r\nVia",
                "Zürich"
            })
    void the_engines_own_headers_and_invalid_names_cannot_be_custom_headers(String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CallClientConfig.builder().customHeaders("X-Queue", name));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\r\nVia: x", "a\nb", "a\rb", "a\0b", "a\u007fb", "\u001b[31m"})
    void a_value_is_one_line_and_the_refusal_does_not_repeat_it(String value) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new CallHeader("X-Queue", value))
                .withMessageNotContaining(value);
    }

    @Test
    void a_value_and_the_number_of_headers_are_bounded() {
        assertThatIllegalArgumentException().isThrownBy(() -> new CallHeader("X-Queue", "y".repeat(513)));
        try (ScriptedPhoneSystem scene = scene("X-Queue")) {
            List<CallHeader> many = Collections.nCopies(17, new CallHeader("X-Queue", "sales"));
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> scene.alice.dial("bob", CallOptions.DEFAULT.withHeaders(many)));
        }
    }
}
