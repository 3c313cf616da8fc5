// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.techpro.callclient.adapters.phonesystems.PhoneSystems;
import com.techpro.callclient.engine.CallClient;
import com.techpro.callclient.engine.CallClientConfig;
import com.techpro.callclient.engine.LoginResult;
import com.techpro.callclient.engine.LogoutOptions;
import com.techpro.callclient.engine.LogoutResult;
import com.techpro.callclient.engine.SipRegistrar;
import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.engine.call.CallEnding;
import com.techpro.callclient.engine.call.CallState;
import com.techpro.callclient.engine.failure.Failure;
import com.techpro.callclient.engine.people.Favorite;
import com.techpro.callclient.engine.privacy.ErasureOutcome;
import com.techpro.callclient.engine.voicemail.VoicemailSnapshot;
import com.techpro.callclient.ports.phonesystem.Login;
import com.techpro.callclient.ports.phonesystem.LoginOutcome;
import com.techpro.callclient.ports.phonesystem.PhoneSystem;
import com.techpro.callclient.ports.phonesystem.Policy;
import com.techpro.callclient.ports.phonesystem.SipTransport;
import com.techpro.callclient.ports.secret.Secret;
import com.techpro.callclient.ports.secret.SecretAccess;
import com.techpro.callclient.testkit.contracts.FakeSecureStore;
import com.techpro.callclient.testkit.contracts.ScriptedMessage;
import com.techpro.callclient.testkit.pbx.tls.ServerCertificate;
import com.techpro.callclient.testkit.privacy.VirtualOffice.Phone;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Somebody tries to have a promise broken, at the phone system or on the way to it. Part of {@link PrivacyPromises}. */
interface TemptationPromises {
    /** Nobody's, and nobody may send anything there. */
    String ELSEWHERE = "203.0.113.66";

    @Test
    default void S4_an_unverified_phone_system_receives_no_SIP() {
        for (ServerCertificate certificate : ServerCertificate.values()) {
            try (VirtualOffice office = new VirtualOffice()) {
                office.pbx.restartWith(certificate);
                Phone phone = office.phone("1001", settings -> settings);
                office.time.advance(Duration.ofMinutes(5));
                boolean valid = certificate == ServerCertificate.VALID;
                assertThat(phone.isRegistered()).as(certificate.name()).isEqualTo(valid);
                assertThat(office.pbx.state().requests("REGISTER") > 0)
                        .as(certificate.name())
                        .isEqualTo(valid);
                if (!valid) {
                    assertThat(phone.account.registration().failure()).isInstanceOf(Failure.TlsFailed.class);
                }
            }
        }
    }

    @Test
    default void S4_an_answer_without_keys_gets_no_sound() {
        try (ScriptedOffice office = new ScriptedOffice()) {
            Call call = office.dialled("200 OK", ScriptedOffice.clear(ScriptedOffice.PBX, contact(ScriptedOffice.PBX)));
            office.time.advance(Duration.ofSeconds(5));
            assertThat(call.snapshot().state()).isEqualTo(CallState.ENDED);
            assertThat(call.snapshot().ending()).isInstanceOf(CallEnding.Failed.class);
            assertThat(office.microphone.timesOpened()).isZero();
            assertThat(office.packetsOfSound()).isZero();
        }
    }

    @Test
    default void S4_an_offer_without_keys_does_not_ring_and_changes_no_call() {
        try (ScriptedOffice office = new ScriptedOffice()) {
            office.ring(ScriptedOffice.clear(ScriptedOffice.PBX, contact(ScriptedOffice.PBX)));
            office.time.advance(Duration.ofSeconds(2));
            assertThat(office.lastResponse().status()).isEqualTo(488);
            assertThat(office.incoming).isEmpty();

            Call call = office.dialled("200 OK", ScriptedOffice.keyed(ScriptedOffice.PBX, contact(ScriptedOffice.PBX)));
            office.time.advance(Duration.ofSeconds(1));
            ScriptedMessage invite = office.pbx.last("INVITE");
            office.pbx.request("INVITE", invite, 7, "scripted", ScriptedOffice.clear(ScriptedOffice.PBX));
            office.time.advance(Duration.ofSeconds(2));
            assertThat(office.lastResponse().status()).isEqualTo(488);
            assertThat(call.snapshot().state()).isEqualTo(CallState.ESTABLISHED);
            assertThat(call.snapshot().encrypted()).isTrue();
            List<byte[]> sound = office.wire.sent().stream()
                    .filter(sent -> sent.to().getPort() == ScriptedOffice.SOUND)
                    .map(WireRecord.Sent::bytes)
                    .toList();
            // 12 of the header, 160 of G.711, and a tag of 10 (RFC 3711 §4.2).
            assertThat(sound).hasSizeGreaterThan(100).allMatch(packet -> packet.length == 182);
        }
    }

    @Test
    default void S4_a_redirection_into_clear_text_is_not_followed() {
        for (String transport : List.of("udp", "tcp")) {
            try (VirtualOffice office = new VirtualOffice()) {
                Phone phone = office.phone("1001", settings -> settings);
                office.until(phone::isRegistered);
                int tls = office.pbx.address(SipTransport.TLS).port();
                String clear = "<sip:1002@" + VirtualOffice.PBX + ":"
                        + office.pbx
                                .address("udp".equals(transport) ? SipTransport.UDP : SipTransport.TCP)
                                .port() + ";transport=" + transport + ">";
                office.pbx.faults().onRequest("INVITE").answer(302, Map.of("Contact", clear));
                office.pbx.faults().onRequest("REGISTER").answer(302, Map.of("Contact", clear));
                Call call = phone.account().dial("1002");
                office.until(() -> call.snapshot().state() == CallState.ENDED);
                office.time.advance(Duration.ofMinutes(30));
                assertThat(office.pbx.faults().fired()).isGreaterThanOrEqualTo(2);
                assertThat(office.network.trace().packets().stream()
                                .filter(packet -> packet.from()
                                        .getAddress()
                                        .getHostAddress()
                                        .equals(phone.address)))
                        .isNotEmpty()
                        .allMatch(packet -> packet.to().getPort() == tls);
            }
        }
    }

    @Test
    default void S5_a_signalling_message_that_names_another_host_is_not_followed() {
        String evil = "evil.example.net";
        List<String[]> answers = List.of(
                new String[] {"302 Moved Temporarily", contact(ELSEWHERE)},
                new String[] {"305 Use Proxy", "Contact: <sip:" + ELSEWHERE + ";lr>"},
                new String[] {"302 Moved Temporarily", contact(evil)},
                keyedAnswer(contact(ELSEWHERE)),
                keyedAnswer(contact(evil)),
                keyedAnswer("Record-Route: <sip:" + ELSEWHERE + ";lr>", contact(ScriptedOffice.PBX)),
                keyedAnswer("Record-Route: <sip:" + evil + ";lr>", contact(ScriptedOffice.PBX)));
        for (String[] answer : answers) {
            try (ScriptedOffice office = new ScriptedOffice()) {
                office.network.dns().address(evil, ELSEWHERE);
                String[] lines = Arrays.copyOfRange(answer, 1, answer.length);
                Call call = office.dialled(answer[0], lines);
                assertThat(call.snapshot().state())
                        .as(answer[1])
                        .isEqualTo(answer[0].startsWith("200") ? CallState.ESTABLISHED : CallState.ENDED);
                office.time.advance(Duration.ofSeconds(3));
                call.hold();
                office.time.advance(Duration.ofSeconds(3));
                call.hangUp();
                office.time.advance(Duration.ofMinutes(20));
                assertThat(office.reached()).as(answer[1]).containsExactly(ScriptedOffice.PBX);
                assertThat(office.wire.asked()).as(answer[1]).isEmpty();
            }
        }
    }

    @Test
    default void S5_sound_goes_neither_to_this_device_nor_to_a_group_nor_on_after_the_call() {
        for (String address : List.of("127.0.0.1", "224.2.2.2", "239.255.0.1")) {
            try (ScriptedOffice office = new ScriptedOffice()) {
                office.dialled("200 OK", ScriptedOffice.keyed(address, contact(ScriptedOffice.PBX)));
                office.time.advance(Duration.ofSeconds(3));
                assertThat(office.client.calls()).as(address).isEmpty();
                assertThat(office.reached()).as(address).containsExactly(ScriptedOffice.PBX);
                assertThat(office.packetsOfSound()).isZero();
            }
        }
        try (ScriptedOffice office = new ScriptedOffice()) {
            Call call = office.dialled("200 OK", ScriptedOffice.keyed(ELSEWHERE, contact(ScriptedOffice.PBX)));
            office.time.advance(Duration.ofSeconds(2));
            assertThat(office.packetsOfSound()).as("while the call names it").isGreaterThan(50);
            call.hangUp();
            office.time.advance(Duration.ofMinutes(1));
            int before = office.wire.sent().size();
            office.strangerAsks(ELSEWHERE, ScriptedOffice.SOUND);
            office.time.advance(Duration.ofMinutes(1));
            assertThat(office.wire.sent().stream()
                            .skip(before)
                            .map(packet -> packet.to().getAddress().getHostAddress()))
                    .as("once the call is over")
                    .doesNotContain(ELSEWHERE);
        }
    }

    @Test
    default void S5_name_servers_lead_nowhere_that_the_policy_forbids() {
        Policy policy = new Policy(Set.of("*.example.com"), null, null, null, null, Set.of());
        try (ScriptedOffice office = new ScriptedOffice("pbx.example.com", policy)) {
            office.network
                    .dns()
                    .srv("_sip._udp.pbx.example.com", 1, 1, 5060, "evil.example.net")
                    .address("evil.example.net", ELSEWHERE);
            office.until(() -> office.account.registration().failure() != null);
            office.time.advance(Duration.ofMinutes(10));
            assertThat(office.account.registration().failure()).isEqualTo(new Failure.DestinationRefused());
            assertThat(office.reached()).isEmpty();
            assertThat(office.wire.asked()).isNotEmpty().allMatch(name -> name.endsWith(".example.com"));
        }
    }

    @Test
    default void S5_a_mailbox_at_a_host_that_the_policy_forbids_is_not_connected_to() throws Exception {
        Policy policy = new Policy(Set.of("127.0.0.1"), null, null, null, null, Set.of());
        try (ServerSocket forbidden = new ServerSocket(0, 5, InetAddress.getByName("127.0.0.2"));
                CallClient client = CallClient.create(CallClientConfig.builder()
                        .callbacks(Runnable::run)
                        .policy(policy)
                        .build())) {
            PhoneSystem system =
                    PhoneSystems.withVoicemail(SipRegistrar.phoneSystem(), "127.0.0.2", forbidden.getLocalPort());
            LoginResult login = client.login(system, Login.of("1001@127.0.0.1", Secret.of("pw")))
                    .toCompletableFuture()
                    .get(30, TimeUnit.SECONDS);
            assertThat(login).isEqualTo(new LoginResult.Refused(LoginOutcome.Reason.POLICY, null));
            assertThat(client.voicemail().snapshot())
                    .isEqualTo(VoicemailSnapshot.empty(VoicemailSnapshot.Availability.NOT_LOGGED_IN));
            forbidden.setSoTimeout(200);
            assertThatThrownBy(forbidden::accept).isInstanceOf(SocketTimeoutException.class);
        }
    }

    @Test
    default void S6_everything_is_erased_before_the_registrar_has_answered() {
        FakeSecureStore.Disk disk = new FakeSecureStore.Disk();
        try (VirtualOffice office = new VirtualOffice()) {
            CallLogPhoneSystem system = new CallLogPhoneSystem(SipRegistrar.phoneSystem());
            Phone phone =
                    office.app("10.0.1.1", settings -> settings.platform(p -> p.store(new FakeSecureStore(disk))));
            Phone other = office.phone("1002", settings -> settings);
            assertThat(office.get(phone.client.login(system, office.login()))).isInstanceOf(LoginResult.LoggedIn.class);
            office.until(phone::isRegistered);
            office.get(phone.client.people().favorites().add(new Favorite("1003", "Bo")));
            Call call = office.talk(phone, other);
            Secret password = phone.account().sipAccount().password();
            assertThat(disk.size()).isPositive();
            office.pbx.faults().onRequest("REGISTER").from("1001").delay(Duration.ofSeconds(4));

            CompletableFuture<LogoutResult> logout =
                    phone.client.logout(LogoutOptions.EVERYTHING).toCompletableFuture();
            office.time.advance(Duration.ofMillis(50));

            assertThat(office.pbx.state().isRegistered("1001"))
                    .as("the registrar has not answered")
                    .isTrue();
            assertThat(logout).isNotDone();
            assertThat(disk.size()).as("on the disk").isZero();
            assertThat(phone.client.profile()).isNull();
            assertThat(phone.client.people().favorites().snapshot().favorites()).isEmpty();
            assertThat(phone.client.people().history().snapshot().entries()).isEmpty();
            assertThat(call.snapshot().state()).isEqualTo(CallState.ENDED);
            assertThat(phone.microphone.isOpen()).isFalse();

            office.until(logout::isDone);
            assertThat(logout.join().unregistered()).isTrue();
            assertThat(office.pbx.state().isRegistered("1001")).isFalse();
            assertThat(disk.size()).as("nothing was written meanwhile").isZero();
            assertThat(isWiped(password)).as("what the goodbye was signed with").isTrue();
        }
    }

    @Test
    default void R3_erasing_waits_for_no_phone_system_that_cannot_be_reached() {
        FakeSecureStore.Disk disk = new FakeSecureStore.Disk();
        try (VirtualOffice office = new VirtualOffice()) {
            Phone phone =
                    office.app("10.0.1.1", settings -> settings.platform(p -> p.store(new FakeSecureStore(disk))));
            assertThat(office.get(phone.client.login(SipRegistrar.phoneSystem(), office.login())))
                    .isInstanceOf(LoginResult.LoggedIn.class);
            office.until(phone::isRegistered);
            office.get(phone.client.people().favorites().add(new Favorite("1003", "Bo")));
            office.network.partition(phone.address, VirtualOffice.PBX);

            var erased = phone.client.privacy().erase().toCompletableFuture();
            office.time.runUntil(erased::isDone, Duration.ofSeconds(10));

            assertThat(erased.join()).isEqualTo(new ErasureOutcome.Erased());
            assertThat(disk.size()).isZero();
            assertThat(phone.client.accounts()).isEmpty();
            office.time.advance(Duration.ofHours(1));
            assertThat(disk.size()).as("nothing comes back").isZero();
        }
    }

    @Test
    default void C11_the_other_side_cannot_open_the_microphone_before_the_answer_or_on_hold() {
        try (ScriptedOffice office = new ScriptedOffice()) {
            String contact = contact(ScriptedOffice.PBX);
            office.answer("INVITE", "183 Session Progress", ScriptedOffice.keyed(ScriptedOffice.PBX, contact));
            Call call = office.account.dial("1002");
            office.time.advance(Duration.ofSeconds(3));
            assertThat(call.snapshot().codec()).as("sound from the other side").isNotNull();
            assertThat(office.microphone.timesOpened()).as("early media").isZero();

            ScriptedMessage invite = office.pbx.last("INVITE");
            office.respond(invite, "200 OK", ScriptedOffice.keyed(ScriptedOffice.PBX, contact));
            office.until(office.microphone::isOpen);
            office.answer("INVITE", "200 OK", ScriptedOffice.keyed(ScriptedOffice.PBX, contact));
            call.hold();
            office.until(() -> call.snapshot().hold().isLocal() && !office.microphone.isOpen());
            office.time.advance(Duration.ofSeconds(2));
            for (String method : List.of("INVITE", "UPDATE")) {
                office.pbx.request(
                        method,
                        invite,
                        method.equals("INVITE") ? 7 : 8,
                        "scripted",
                        ScriptedOffice.keyedFor(invite, ScriptedOffice.keyed(ScriptedOffice.PBX)));
                office.time.advance(Duration.ofSeconds(3));
                assertThat(office.lastResponse().status()).as(method).isEqualTo(200);
                assertThat(office.microphone.isOpen()).as(method).isFalse();
            }
            assertThat(office.microphone.timesOpened()).isEqualTo(1);
        }
    }

    private static boolean isWiped(Secret secret) {
        try {
            return secret.use(SecretAccess.forAuthenticators(), characters -> false);
        } catch (IllegalStateException wiped) {
            return true;
        }
    }

    private static String contact(String host) {
        return "Contact: <sip:1002@" + host + ">";
    }

    private static String[] keyedAnswer(String... headers) {
        String[] lines = ScriptedOffice.keyed(ScriptedOffice.PBX, headers);
        String[] answer = new String[lines.length + 1];
        answer[0] = "200 OK";
        System.arraycopy(lines, 0, answer, 1, lines.length);
        return answer;
    }
}
