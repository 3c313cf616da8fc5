// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.failure.Failure;
import com.techpro.callclient.engine.failure.Failure.AuthenticationProblem;
import com.techpro.callclient.testkit.contracts.ScriptedMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The registration flows of RFC 3665 §2, message by message, with the deviations that §2.3 and §2.4 below name. The RFC's are over TLS; the
 * messages are the same over TCP, where a test can read them.
 */
class Rfc3665RegistrationTest {
    private static final String CHALLENGE = "WWW-Authenticate: Digest realm=\"atlanta.example.com\", qop=\"auth\","
            + " nonce=\"ea9c8e88df84f1cec4341ae6cbe5a359\", opaque=\"\", stale=FALSE, algorithm=SHA-256";

    private static void challengeFirst(ScriptedPhoneSystem scene, ScriptedMessage register) {
        if (register.header("Authorization").isEmpty()) {
            scene.pbx.respond(register, "401 Unauthorized", CHALLENGE);
        } else {
            scene.accept(register);
        }
    }

    /** F1 REGISTER, F2 401, F3 REGISTER with credentials, F4 200. */
    @Test
    void section_2_1_successful_new_registration() {
        try (ScriptedPhoneSystem scene = ScriptedPhoneSystem.tcp(1)) {
            scene.pbx.on("REGISTER", register -> challengeFirst(scene, register));
            scene.registered();

            assertThat(scene.pbx.flow()).containsExactly("REGISTER", "REGISTER");
            ScriptedMessage f1 = scene.pbx.received().get(0);
            assertThat(f1.startLine()).isEqualTo("REGISTER sip:192.0.2.10 SIP/2.0");
            assertThat(f1.header("Via")).startsWith("SIP/2.0/TCP 192.0.2.1:").contains(";branch=z9hG4bK");
            assertThat(f1.header("Max-Forwards")).isEqualTo("70");
            assertThat(f1.uri("From")).isEqualTo("sip:alice@192.0.2.10");
            assertThat(f1.parameter("From", "tag")).isNotEmpty();
            assertThat(f1.header("To")).isEqualTo("<sip:alice@192.0.2.10>");
            assertThat(f1.header("CSeq")).isEqualTo("1 REGISTER");
            assertThat(f1.uri("Contact")).startsWith("sip:alice@192.0.2.1:");
            assertThat(f1.header("Expires")).isEqualTo("600");
            assertThat(f1.header("Content-Length")).isEqualTo("0");
            assertThat(f1.header("Authorization")).isEmpty();
            ScriptedMessage f3 = scene.pbx.received().get(1);
            assertThat(f3.header("Call-ID")).isEqualTo(f1.header("Call-ID"));
            assertThat(f3.parameter("From", "tag")).isEqualTo(f1.parameter("From", "tag"));
            assertThat(f3.header("CSeq")).isEqualTo("2 REGISTER");
            assertThat(f3.header("Via")).as("a transaction of its own").isNotEqualTo(f1.header("Via"));
            assertThat(f3.header("Contact")).isEqualTo(f1.header("Contact"));
            assertThat(f3.header("Authorization"))
                    .startsWith("Digest ")
                    .contains(
                            "username=\"alice\"",
                            "realm=\"atlanta.example.com\"",
                            "nonce=\"ea9c8e88df84f1cec4341ae6cbe5a359\"",
                            "uri=\"sip:192.0.2.10\"",
                            "response=\"",
                            "nc=00000001");
            assertThat(scene.registrations)
                    .extracting(RegistrationSnapshot::state)
                    .containsExactly(RegistrationState.REGISTERING, RegistrationState.REGISTERED);
            assertThat(scene.registrations.get(1).expires())
                    .isBetween(
                            scene.time.now().plusSeconds(598), scene.time.now().plusSeconds(601));
        }
    }

    /**
     * F1 REGISTER with another Contact, F2 200 that lists both. Ours changes when the connection does: the new Contact is registered, with
     * credentials at once, and nothing is asked about those of the user's other devices that the answer lists.
     */
    @Test
    void section_2_2_update_of_contact_list() {
        try (ScriptedPhoneSystem scene = ScriptedPhoneSystem.tcp(2)) {
            scene.pbx.on("REGISTER", register -> challengeFirst(scene, register));
            scene.registered();
            ScriptedMessage before = scene.pbx.last("REGISTER");
            scene.pbx.on(
                    "REGISTER",
                    register -> scene.pbx.respond(
                            register,
                            "200 OK",
                            "Contact: " + before.header("Contact") + ";expires=3600",
                            "Contact: <mailto:alice@atlanta.example.com>",
                            "Contact: " + register.header("Contact") + ";expires=600"));
            scene.pbx.forget();

            scene.pbx.disconnect();
            scene.until(() ->
                    scene.registrations.get(scene.registrations.size() - 1).state() == RegistrationState.REGISTERED
                            && !scene.pbx.received().isEmpty());
            scene.pass(Duration.ofSeconds(5));

            assertThat(scene.pbx.flow()).containsExactly("REGISTER");
            ScriptedMessage f1 = scene.pbx.received().get(0);
            assertThat(f1.header("Call-ID")).isEqualTo(before.header("Call-ID"));
            assertThat(f1.header("CSeq")).isEqualTo("3 REGISTER");
            assertThat(f1.uri("Contact")).isNotEqualTo(before.uri("Contact"));
            assertThat(f1.headers("Contact").subList(1, 2))
                    .as("the old one is removed")
                    .containsExactly("<" + before.uri("Contact") + ">;expires=0");
            assertThat(f1.header("Authorization")).contains("nc=00000002");
            assertThat(scene.alice.registration().expires())
                    .as("ours counts, not the others'")
                    .isBefore(scene.time.now().plusSeconds(601));
        }
    }

    /**
     * F1 REGISTER without a Contact asks who is registered. This client never sends it: the answer to each of its REGISTERs lists the bindings
     * (RFC 3261 §10.3 step 8), and it has no use for those of other devices.
     */
    @Test
    void section_2_3_request_for_current_contact_list_is_not_made() {
        try (ScriptedPhoneSystem scene = ScriptedPhoneSystem.tcp(3).registered()) {
            scene.pass(Duration.ofHours(3));

            assertThat(scene.pbx.received("REGISTER"))
                    .hasSizeGreaterThan(15)
                    .allSatisfy(
                            register -> assertThat(register.headers("Contact")).hasSize(1));
        }
    }

    /**
     * F1 REGISTER with Expires 0, F2 200 with no Contact. The RFC's cancels everything with "Contact: *"; ours takes back its own binding, as
     * the user's other devices are not its to sign off (RFC 3261 §10.2.2).
     */
    @Test
    void section_2_4_cancellation_of_registration() {
        try (ScriptedPhoneSystem scene = ScriptedPhoneSystem.tcp(4)) {
            scene.pbx.on("REGISTER", register -> challengeFirst(scene, register));
            scene.registered();
            ScriptedMessage before = scene.pbx.last("REGISTER");
            scene.pbx.forget();

            scene.alice.remove();
            scene.until(() -> scene.client.accounts().isEmpty());

            assertThat(scene.pbx.flow()).containsExactly("REGISTER");
            ScriptedMessage f1 = scene.pbx.received().get(0);
            assertThat(f1.header("Expires")).isEqualTo("0");
            assertThat(f1.header("Contact")).isEqualTo(before.header("Contact"));
            assertThat(f1.header("Call-ID")).isEqualTo(before.header("Call-ID"));
            assertThat(f1.header("CSeq")).isEqualTo("3 REGISTER");
            assertThat(f1.header("Authorization")).isNotEmpty();
            assertThat(lastTwo(scene)).containsExactly(RegistrationState.UNREGISTERING, RegistrationState.UNREGISTERED);
            assertThat(scene.registrations.get(scene.registrations.size() - 1).failure())
                    .isNull();
            scene.pass(Duration.ofSeconds(1));
            assertThat(scene.pbx.openConnections()).isZero();
        }
    }

    /** F1 REGISTER, F2 401, F3 REGISTER with a password that is wrong, F4 401: and no F5. */
    @Test
    void section_2_5_unsuccessful_registration() {
        try (ScriptedPhoneSystem scene = ScriptedPhoneSystem.tcp(5)) {
            scene.pbx.on(
                    "REGISTER",
                    register -> scene.pbx.respond(
                            register,
                            "401 Unauthorized",
                            CHALLENGE.replace(
                                    "ea9c", "f84f" + scene.pbx.received().size())));
            scene.until(() -> scene.alice.registration().state() == RegistrationState.FAILED);
            scene.pass(Duration.ofHours(1));

            assertThat(scene.pbx.flow()).containsExactly("REGISTER", "REGISTER");
            assertThat(scene.pbx.received().get(1).header("Authorization")).isNotEmpty();
            assertThat(scene.alice.registration().failure())
                    .isEqualTo(new Failure.AuthenticationFailed(AuthenticationProblem.WRONG_CREDENTIALS));
        }
    }

    private static List<RegistrationState> lastTwo(ScriptedPhoneSystem scene) {
        List<RegistrationState> states = new ArrayList<>();
        scene.registrations.forEach(snapshot -> states.add(snapshot.state()));
        return states.subList(states.size() - 2, states.size());
    }
}
