// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.testkit.contracts.VirtualTime;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The registrar as a phone sees it that shares no code with it. */
class RegistrarTest {
    private static final String DOMAIN = "sip:pbx.test";

    private final PlainPhoneScene scene = new PlainPhoneScene();
    private final VirtualTime time = scene.time;
    private final EmbeddedPbx pbx = scene.pbx;
    private final PlainPhone phone = scene.phone;

    @AfterEach
    void stop() {
        scene.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"SHA-256", "MD5"})
    void a_phone_with_the_right_password_is_registered(String algorithm) {
        register("c1", "<sip:1001@10.0.0.11>", 600);

        assertThat(phone.lastStatus()).isEqualTo(401);
        assertThat(phone.last().indexOf("SHA-256")).isBetween(0, phone.last().indexOf("MD5"));

        answer("c1", algorithm, "open sesame", 1, "Contact: <sip:1001@10.0.0.11>", "Expires: 600");

        assertThat(phone.lastStatus()).isEqualTo(200);
        assertThat(PlainPhone.headerOf(phone.last(), "Contact")).contains("sip:1001@10.0.0.11", "expires=600");
        assertThat(pbx.state().isRegistered("1001")).isTrue();
    }

    @Test
    void a_wrong_password_is_challenged_again() {
        register("c1", "<sip:1001@10.0.0.11>", 600);
        answer("c1", "SHA-256", "wrong", 1, "Contact: <sip:1001@10.0.0.11>", "Expires: 600");

        assertThat(phone.lastStatus()).isEqualTo(401);
        assertThat(phone.last()).doesNotContain("stale=true");
        assertThat(pbx.state().failedLogins()).isEqualTo(1);
        assertThat(pbx.state().registrations()).isEmpty();
    }

    @Test
    void a_nonce_count_used_before_and_an_old_nonce_are_stale() {
        logIn();
        answer("c1", "SHA-256", "open sesame", 1, "Contact: <sip:1001@10.0.0.11>", "Expires: 600");

        assertThat(phone.lastStatus()).isEqualTo(401);
        assertThat(phone.last()).contains("stale=true");

        time.advance(Duration.ofMinutes(6));
        answer("c1", "SHA-256", "open sesame", 2, "Contact: <sip:1001@10.0.0.11>", "Expires: 600");

        assertThat(phone.lastStatus()).isEqualTo(401);
        assertThat(phone.last()).contains("stale=true");
    }

    @Test
    void a_user_cannot_register_for_another_user() throws IOException {
        PlainPhone stranger = scene.phone("10.0.0.12");
        stranger.send(stranger.request("REGISTER", DOMAIN, "c2", "Contact: <sip:1001@10.0.0.12>")
                .replace("To: <sip:1001@", "To: <sip:1002@"));
        time.advance(Duration.ofSeconds(1));
        String auth = stranger.authorization("REGISTER", DOMAIN, "open sesame", "SHA-256", 1);
        stranger.send(stranger.request("REGISTER", DOMAIN, "c2", "Contact: <sip:1001@10.0.0.12>", auth)
                .replace("To: <sip:1001@", "To: <sip:1002@"));
        time.advance(Duration.ofSeconds(1));

        assertThat(stranger.lastStatus()).isEqualTo(403);
        stranger.close();
    }

    @Test
    void too_short_is_refused_and_too_long_is_shortened() {
        logIn();

        answer("c1", "SHA-256", "open sesame", 2, "Contact: <sip:1001@10.0.0.11>", "Expires: 10");
        assertThat(phone.lastStatus()).isEqualTo(423);
        assertThat(PlainPhone.headerOf(phone.last(), "Min-Expires")).isEqualTo("60");

        answer("c1", "SHA-256", "open sesame", 3, "Contact: <sip:1001@10.0.0.11>", "Expires: 86400");
        assertThat(phone.lastStatus()).isEqualTo(200);
        assertThat(PlainPhone.headerOf(phone.last(), "Contact")).contains("expires=3600");
    }

    @Test
    void bindings_end_by_time_by_request_and_all_at_once() {
        logIn();
        time.advance(Duration.ofSeconds(60));
        assertThat(pbx.state().registrations()).hasSize(1);
        time.advance(Duration.ofSeconds(541));
        assertThat(pbx.state().registrations()).isEmpty();

        register("c1", "<sip:1001@10.0.0.11>", 600);
        answer("c1", "MD5", "open sesame", 1, "Contact: <sip:1001@10.0.0.11>, <sip:1001@10.0.0.99:5070>");
        assertThat(pbx.state().registrations()).hasSize(2);

        answer("c1", "MD5", "open sesame", 2, "Contact: <sip:1001@10.0.0.99:5070>;expires=0");
        assertThat(phone.last()).contains("10.0.0.11").doesNotContain("<sip:1001@10.0.0.99");
        assertThat(pbx.state().registrations()).hasSize(1);

        answer("c1", "MD5", "open sesame", 3, "Contact: *", "Expires: 0");
        assertThat(pbx.state().registrations()).isEmpty();
    }

    @Test
    void a_path_is_kept_and_told() {
        register("c1", "<sip:1001@10.0.0.11>", 600);
        answer("c1", "MD5", "open sesame", 1, "Contact: <sip:1001@10.0.0.11>", "Path: <sip:edge.test;lr>");

        assertThat(PlainPhone.headerOf(phone.last(), "Path")).isEqualTo("<sip:edge.test;lr>");
    }

    @Test
    void a_request_that_was_overtaken_does_not_undo_a_later_one() {
        register("c1", "<sip:1001@10.0.0.11>", 600);
        String auth = phone.authorization("REGISTER", DOMAIN, "open sesame", "MD5", 1);
        String auth2 = phone.authorization("REGISTER", DOMAIN, "open sesame", "MD5", 2);
        String earlier = phone.request("REGISTER", DOMAIN, "c1", "Contact: <sip:1001@10.0.0.11>;expires=0", auth2);
        phone.send(phone.request("REGISTER", DOMAIN, "c1", "Contact: <sip:1001@10.0.0.11>", "Expires: 600", auth));
        phone.send(earlier);
        time.advance(Duration.ofSeconds(1));

        assertThat(phone.lastStatus()).isEqualTo(500);
        assertThat(pbx.state().isRegistered("1001")).isTrue();
    }

    @Test
    void a_restart_loses_bindings_and_nonces() {
        logIn();

        pbx.restart();
        answer("c1", "SHA-256", "open sesame", 2, "Contact: <sip:1001@10.0.0.11>");

        assertThat(phone.lastStatus()).isEqualTo(401);
        assertThat(pbx.state().registrations()).isEmpty();
    }

    @Test
    void while_crashed_it_is_silent() {
        pbx.crash();
        register("c1", "<sip:1001@10.0.0.11>", 600);
        assertThat(phone.received()).isEmpty();

        pbx.recover();
        register("c1", "<sip:1001@10.0.0.11>", 600);
        assertThat(phone.lastStatus()).isEqualTo(401);
    }

    private void logIn() {
        register("c1", "<sip:1001@10.0.0.11>", 600);
        answer("c1", "SHA-256", "open sesame", 1, "Contact: <sip:1001@10.0.0.11>", "Expires: 600");
        assertThat(phone.lastStatus()).isEqualTo(200);
    }

    private void register(String callId, String contact, int expires) {
        phone.send(phone.request("REGISTER", DOMAIN, callId, "Contact: " + contact, "Expires: " + expires));
        time.advance(Duration.ofSeconds(1));
    }

    private void answer(String callId, String algorithm, String password, int count, String... lines) {
        String[] all = java.util.Arrays.copyOf(lines, lines.length + 1);
        all[lines.length] = phone.authorization("REGISTER", DOMAIN, password, algorithm, count);
        phone.send(phone.request("REGISTER", DOMAIN, callId, all));
        time.advance(Duration.ofSeconds(1));
    }
}
