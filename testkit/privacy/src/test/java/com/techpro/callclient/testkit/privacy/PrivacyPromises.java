// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.RegistrationState;
import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.engine.call.CallState;
import com.techpro.callclient.engine.failure.Failure;
import com.techpro.callclient.ports.audio.AudioUnavailableException;
import com.techpro.callclient.ports.biometric.BiometricPort;
import com.techpro.callclient.ports.phonesystem.Policy;
import com.techpro.callclient.ports.secret.Secret;
import com.techpro.callclient.testkit.contracts.PacketTrace.Packet;
import com.techpro.callclient.testkit.privacy.VirtualOffice.Phone;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The promises of PRIVACY.md, each with its proof. A test carries the promise's ID in front of its name; {@code PrivacyPageTest} compares
 * them with the page. Most here look at one run of the {@link MainScenario}, on real sockets; what takes hours happens in virtual time. The
 * interfaces hold the rest of the suite, by subject.
 */
@Tag("slow")
class PrivacyPromises
        implements PeoplePromises,
                MessagePromises,
                DevicePromises,
                VaultPromises,
                HttpsPromises,
                PolicyPromises,
                ReportPromises,
                TemptationPromises,
                ClassFilePromises {
    /** Of one run for all; those that look at something else alone need none. */
    private static final class OneRun {
        static final Evidence EVIDENCE = run();

        private static Evidence run() {
            try {
                return MainScenario.run();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static Evidence evidence() {
        return OneRun.EVIDENCE;
    }

    @Test
    void C1_the_password_is_in_no_byte_that_is_sent_and_only_authenticators_can_read_it() {
        assertThat(Proofs.passwordsStay(evidence())).isEmpty();
        // That nobody but the authenticators obtains access is ArchitectureTest's; that there is no other way in, this.
        assertThat(Arrays.stream(Secret.class.getMethods())
                        .filter(method -> method.getDeclaringClass() == Secret.class)
                        // Of characters that somebody has, or of a secret that nobody reads so.
                        .filter(method -> method.getReturnType() != Secret.class)
                        .filter(method -> method.getReturnType() != void.class)
                        .filter(method -> method.getParameterCount() == 0
                                || !method.getParameterTypes()[0]
                                        .getSimpleName()
                                        .equals("SecretAccess"))
                        .map(Method::getName))
                .containsExactly("toString");
        assertThat(Secret.of("canary").toString()).doesNotContain("canary");
    }

    @Test
    void C1_even_a_lab_in_clear_text_sends_a_proof_of_the_password_and_not_the_password() {
        try (VirtualOffice office = new VirtualOffice()) {
            Phone phone = office.inClearText("CanaryPhone/1.0", settings -> settings);
            office.until(phone::isRegistered);
            assertThat(office.text()).contains("Digest username=").doesNotContain(VirtualOffice.PASSWORD);
        }
    }

    @Test
    void C2_the_profile_matches_that_of_the_phone_system() {
        assertThat(Proofs.profileIsThePhoneSystems(evidence())).isEmpty();
    }

    @Test
    void C3_contacts_were_read_only_while_that_was_permitted() {
        assertThat(Proofs.contactsAreAskedFor(evidence())).isEmpty();
    }

    @Test
    void C4_favourites_are_readable_neither_on_the_wire_nor_on_the_disk() {
        assertThat(Proofs.favouritesStay(evidence())).isEmpty();
    }

    @Test
    void C5_calls_are_recorded_unreadably_and_gone_after_log_out() {
        assertThat(Proofs.callsAreRecorded(evidence())).isEmpty();
    }

    @Test
    void C8_no_biometric_data_can_pass_the_port() {
        Stream<Type> types = Arrays.stream(BiometricPort.class.getMethods())
                .flatMap(method -> Stream.concat(
                        Stream.of(method.getGenericReturnType()), Arrays.stream(method.getGenericParameterTypes())));
        assertThat(types.map(Type::getTypeName).collect(Collectors.toSet()))
                .isSubsetOf(
                        "void",
                        "java.lang.String",
                        BiometricPort.Availability.class.getName(),
                        "java.util.function.Consumer<" + BiometricPort.Answer.class.getName() + ">");
        assertThat(Arrays.stream(BiometricPort.Answer.class.getDeclaredFields())
                        .filter(field -> !field.isEnumConstant() && !field.isSynthetic()))
                .as("an answer carries nothing")
                .isEmpty();
    }

    @Test
    void C9_device_and_version_are_in_the_user_agent_and_nowhere_else() {
        assertThat(Proofs.deviceIsNotToldInClear(evidence())).isEmpty();
        try (VirtualOffice office = new VirtualOffice()) {
            Phone phone = office.inClearText(MainScenario.USER_AGENT, settings -> settings);
            Phone other = office.phone("1002", settings -> settings);
            Call call = office.talk(phone, other);
            call.hangUp();
            office.time.advance(Duration.ofSeconds(2));
            List<String> lines = office.text()
                    .lines()
                    .filter(line -> line.contains("CanaryPhone") || line.contains("Test OS"))
                    .toList();
            assertThat(lines).isNotEmpty().allMatch(line -> line.matches("(User-Agent|Server): .*"));
        }
    }

    @Test
    void C10_a_lost_connection_is_noticed_and_made_again() {
        try (VirtualOffice office = new VirtualOffice()) {
            Phone phone = office.phone("1001", settings -> settings);
            office.until(phone::isRegistered);
            office.network.partition(phone.address, VirtualOffice.PBX);
            office.network.resetStreams(phone.address, VirtualOffice.PBX);
            office.until(() -> phone.account.registration().state() != RegistrationState.REGISTERED);
            // Long enough for the first attempts to fail as well.
            office.time.advance(Duration.ofMinutes(3));
            assertThat(phone.isRegistered()).isFalse();
            office.network.heal(phone.address, VirtualOffice.PBX);
            office.time.runUntil(phone::isRegistered, Duration.ofMinutes(5));
        }
    }

    @Test
    void C11_the_microphone_is_open_in_a_call_and_at_no_other_time() {
        assertThat(Proofs.microphone(evidence())).isEmpty();
    }

    @Test
    void U1_calls_go_out_and_come_in_encrypted() {
        assertThat(Proofs.calls(evidence())).isEmpty();
    }

    @Test
    void U2_a_wrong_password_is_found_out_by_the_phone_system_and_opens_nothing() {
        assertThat(Proofs.wrongPassword(evidence())).isEmpty();
    }

    @Test
    void U3_the_phone_stays_reachable_for_hours_and_after_a_restart_of_the_phone_system() {
        try (VirtualOffice office = new VirtualOffice()) {
            Phone phone = office.phone("1001", settings -> settings);
            office.until(phone::isRegistered);
            for (int hour = 0; hour < 5; hour++) {
                office.time.advance(Duration.ofHours(1));
                assertThat(office.pbx.state().isRegistered("1001")).isTrue();
            }
            office.pbx.crash();
            office.time.advance(Duration.ofMinutes(10));
            assertThat(phone.isRegistered()).isFalse();
            office.pbx.recover();
            office.time.runUntil(() -> office.pbx.state().isRegistered("1001"), Duration.ofMinutes(15));
        }
    }

    @Test
    void U4_callers_were_named_by_the_contacts_while_those_may_be_read() {
        assertThat(Proofs.callersAreNamed(evidence())).isEmpty();
    }

    @Test
    void U6_login_favourites_and_history_are_there_after_a_restart() {
        assertThat(Proofs.remembered(evidence())).isEmpty();
    }

    @Test
    void U7_the_user_was_told_of_calls_and_of_missed_ones() {
        assertThat(Proofs.told(evidence())).isEmpty();
    }

    @Test
    void S1_nothing_of_the_login_is_readable_in_any_file() {
        assertThat(Proofs.storedEncrypted(evidence())).isEmpty();
    }

    @Test
    void S2_nothing_of_favourites_and_calls_is_readable_in_any_file() {
        assertThat(Proofs.storedEncrypted(evidence())).isEmpty();
    }

    @Test
    void S4_every_byte_that_leaves_is_encrypted() {
        assertThat(Proofs.everythingIsEncrypted(evidence())).isEmpty();
    }

    @Test
    void S5_nobody_but_the_phone_system_is_talked_to_or_looked_up() {
        assertThat(Proofs.onlyThePhoneSystem(evidence())).isEmpty();
    }

    @Test
    void T3_there_is_nobody_else_to_share_anything_with() {
        assertThat(Proofs.onlyThePhoneSystem(evidence())).isEmpty();
    }

    @Test
    void R1_the_user_sees_all_stored_data_and_no_secret() {
        assertThat(Proofs.userSeesItAll(evidence())).isEmpty();
    }

    @Test
    void R2_contacts_were_let_go_of_when_the_permission_was_taken_back() {
        assertThat(Proofs.contactsAreAskedFor(evidence())).isEmpty();
    }

    @Test
    void P1_calls_went_out_and_came_in_while_contacts_were_denied() {
        assertThat(Proofs.callsWithoutContacts(evidence())).isEmpty();
    }

    @Test
    void R3_erasing_leaves_nothing_on_the_device_and_no_registration() {
        assertThat(Proofs.erased(evidence())).isEmpty();
    }

    @Test
    void S6_after_log_out_nothing_is_left_on_the_device_or_at_the_phone_system() {
        assertThat(Proofs.loggedOut(evidence())).isEmpty();
    }

    @Test
    void P2_without_a_microphone_a_call_fails_clearly_and_the_rest_goes_on() {
        try (VirtualOffice office = new VirtualOffice()) {
            Phone phone = office.phone("1001", settings -> settings);
            Phone other = office.phone("1002", settings -> settings);
            office.until(() -> phone.isRegistered() && other.isRegistered());
            phone.audio.refuse(AudioUnavailableException.Reason.NOT_PERMITTED);
            Call call = phone.account.dial("1002");
            office.until(() -> other.incoming != null);
            other.incoming.answer();
            office.time.advance(Duration.ofSeconds(5));
            assertThat(phone.failures()).hasAtLeastOneElementOfType(Failure.AudioUnavailable.class);
            assertThat(phone.microphone.isOpen()).isFalse();
            assertThat(phone.isRegistered()).isTrue();
            call.hangUp();
            office.until(() -> call.snapshot().state() == CallState.ENDED);
        }
    }

    @Test
    void P6_without_a_network_the_failure_says_so_and_it_comes_back() {
        try (VirtualOffice office = new VirtualOffice()) {
            office.network.partition("10.0.1.1", VirtualOffice.PBX);
            Phone phone = office.phone("1001", settings -> settings);
            office.until(() -> phone.account.registration().failure() != null);
            assertThat(phone.account.registration().failure())
                    .isInstanceOfAny(Failure.Unreachable.class, Failure.TimedOut.class);
            office.network.heal("10.0.1.1", VirtualOffice.PBX);
            office.time.runUntil(phone::isRegistered, Duration.ofMinutes(5));
        }
    }

    @Test
    void O1_an_organisation_can_forbid_hosts_and_nothing_can_permit_them_again() {
        Policy organisation = new Policy(Set.of("pbx.example.com"), null, null, null, null, Set.of());
        Policy lax = new Policy(Set.of("*.example.com", "evil.example.net"), null, null, null, null, Set.of());
        assertThat(organisation.tightenedBy(lax).allowsHost("evil.example.net")).isFalse();
        assertThat(lax.tightenedBy(organisation).allowsHost("pbx.example.com")).isTrue();
        try (VirtualOffice office = new VirtualOffice()) {
            Phone phone = office.phone("1001", settings -> settings.policy(organisation));
            office.until(() -> phone.account.registration().failure() != null);
            assertThat(phone.account.registration().failure()).isEqualTo(new Failure.DestinationRefused());
            assertThat(sentBy(office, phone)).isEmpty();
        }
    }

    @Test
    void O2_no_log_no_object_and_no_thread_dump_shows_anything_marked() {
        assertThat(Proofs.nothingIsShown(evidence())).isEmpty();
    }

    private static List<Packet> sentBy(VirtualOffice office, Phone phone) {
        return office.network.trace().packets().stream()
                .filter(packet -> packet.from().getAddress().getHostAddress().equals(phone.address))
                .toList();
    }
}
