// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.ports.phonesystem.SipTransport;
import com.techpro.callclient.ports.push.PushSupport;
import com.techpro.callclient.ports.push.PushToken;
import com.techpro.callclient.testkit.contracts.FakePermissions;
import com.techpro.callclient.testkit.contracts.FakePush;
import com.techpro.callclient.testkit.contracts.ScriptedMessage;
import com.techpro.callclient.testkit.contracts.VirtualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a registration says of waking the app, and what the phone system answers (RFC 8599). */
class PushRegistrationTest {
    private static final PushToken TOKEN = new PushToken("fcm", "device-1", "project-7");

    private final VirtualTime platform = VirtualTime.seeded(8599);
    private final FakePush push = new FakePush(platform.openLoop("platform")::execute);
    private final FakePermissions permissions = new FakePermissions();
    private ScriptedPhoneSystem scene;

    @BeforeEach
    void open() {
        push.issue(TOKEN);
        platform.advance(Duration.ofMillis(1));
        scene = new ScriptedPhoneSystem(
                8599,
                SipTransport.TCP,
                account -> account,
                config -> config.platform(p -> p.push(push).permissions(permissions)));
    }

    @AfterEach
    void close() {
        scene.close();
        platform.close();
    }

    private void answers(String... lines) {
        scene.pbx.on("REGISTER", register -> {
            String[] all = new String[lines.length + 1];
            all[0] = "Contact: " + register.header("Contact") + ";expires=600";
            System.arraycopy(lines, 0, all, 1, lines.length);
            scene.pbx.respond(register, "200 OK", all);
        });
    }

    private PushSupport support() {
        scene.registered();
        return scene.alice.registration().push();
    }

    @Test
    void a_phone_system_that_names_the_push_service_wakes_the_app() {
        answers("Feature-Caps: *;+sip.pns=\"fcm\";+sip.pnsreg=\"121\"");
        assertThat(support()).isEqualTo(PushSupport.CONFIRMED);
        assertThat(scene.pbx.last("REGISTER").uri("Contact"))
                .contains(";pn-provider=fcm;pn-prid=device-1;pn-param=project-7");
    }

    @Test
    void a_refresh_comes_before_the_time_at_which_the_phone_system_would_wake_the_app() {
        answers("Feature-Caps: *;+sip.pns=\"fcm\";+sip.pnsreg=\"200\"");
        scene.registered();
        assertThat(scene.pbx.last("REGISTER").header("Contact")).containsPattern(">;.*\\+sip\\.pnsreg(;|$)");
        for (int i = 2; i <= 20; i++) {
            int count = i;
            Instant before = scene.time.now();
            scene.time.runUntil(() -> scene.pbx.received("REGISTER").size() == count, Duration.ofMinutes(10));
            assertThat(Duration.between(before, scene.time.now()))
                    .isBetween(Duration.ofSeconds(355), Duration.ofSeconds(400));
            assertThat(scene.pbx.last("REGISTER").uri("Contact")).contains("pn-prid=device-1");
        }
    }

    @Test
    void a_time_that_makes_no_sense_is_not_obeyed() {
        for (String nonsense : List.of("soon", "", "99999999999", "601", "-1")) {
            answers("Feature-Caps: *;+sip.pns=\"fcm\";+sip.pnsreg=\"" + nonsense + "\"");
            scene.alice.register();
            scene.pass(Duration.ofSeconds(1));
            int before = scene.pbx.received("REGISTER").size();
            scene.pass(Duration.ofSeconds(120));
            assertThat(scene.pbx.received("REGISTER")).as(nonsense).hasSize(before);
        }
    }

    @Test
    void a_registration_that_is_taken_back_takes_the_token_with_it() {
        answers("Feature-Caps: *;+sip.pns=\"fcm\"");
        scene.registered();
        scene.alice.remove();
        scene.until(() -> scene.pbx.last("REGISTER").header("Expires").equals("0"));
        assertThat(scene.pbx.last("REGISTER").header("Contact")).doesNotContain("pn-prid", "pnsreg");
    }

    @Test
    void one_that_says_nothing_of_it_or_names_another_service_may_not() {
        answers("Feature-Caps: *;+sip.pns=\"apns\"");
        assertThat(support()).isEqualTo(PushSupport.UNCONFIRMED);
        answers();
        scene.alice.register();
        scene.pass(Duration.ofSeconds(1));
        assertThat(support()).isEqualTo(PushSupport.UNCONFIRMED);
    }

    @Test
    void an_app_without_a_token_asks_for_nothing() {
        push.issue(null);
        platform.advance(Duration.ofMillis(1));
        answers("Feature-Caps: *;+sip.pns=\"fcm\"");
        assertThat(support()).isEqualTo(PushSupport.NOT_ASKED);
    }

    @Test
    void one_that_does_not_know_the_push_service_registers_the_account_without_it() {
        scene.pbx.on("REGISTER", register -> {
            if (register.uri("Contact").contains("pn-prid=device-1")) {
                scene.pbx.respond(register, "555 Push Notification Service Not Supported");
            } else {
                scene.accept(register);
            }
        });
        assertThat(support()).isEqualTo(PushSupport.REFUSED);
        assertThat(scene.pbx.received("REGISTER")).hasSize(2);
        assertThat(scene.registrations.get(scene.registrations.size() - 1).push())
                .isEqualTo(PushSupport.REFUSED);

        scene.pass(Duration.ofMinutes(10));
        assertThat(scene.pbx.received("REGISTER").stream()
                        .filter(each -> each.text().contains("pn-prid")))
                .as("the token that was refused is not tried again")
                .hasSize(1);
        assertThat(support()).isEqualTo(PushSupport.REFUSED);

        push.issue(new PushToken("apns", "device-2", null));
        platform.advance(Duration.ofMillis(1));
        scene.alice.register();
        scene.pass(Duration.ofSeconds(1));
        assertThat(scene.pbx.last("REGISTER").uri("Contact")).contains("pn-prid=device-2");
        assertThat(support()).isEqualTo(PushSupport.UNCONFIRMED);
    }

    @Test
    void a_555_without_a_reason_is_a_refusal_like_any_other() {
        push.issue(null);
        platform.advance(Duration.ofMillis(1));
        scene.pbx.on(
                "REGISTER", register -> scene.pbx.respond(register, "555 Push Notification Service Not Supported"));
        scene.pass(Duration.ofSeconds(1));
        assertThat(scene.pbx.received("REGISTER")).hasSize(1);
        assertThat(scene.alice.registration().state()).isEqualTo(RegistrationState.WAITING);
    }

    @Test
    void a_PURR_is_in_the_Contact_of_dialogs_and_not_of_registrations() {
        answers("Feature-Caps: *;+sip.pns=\"fcm\";+sip.pnspurr=\"ref-42\"");
        scene.registered();
        scene.alice.dial("bob");
        scene.until(() -> !scene.pbx.received("INVITE").isEmpty());
        ScriptedMessage invite = scene.pbx.last("INVITE");
        assertThat(invite.uri("Contact")).contains(";pn-purr=ref-42").doesNotContain("pn-prid", "pn-provider");
        scene.alice.register();
        scene.pass(Duration.ofSeconds(1));
        assertThat(scene.pbx.last("REGISTER").uri("Contact")).doesNotContain("pn-purr");
    }
}
