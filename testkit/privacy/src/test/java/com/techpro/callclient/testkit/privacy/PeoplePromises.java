// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.LoginResult;
import com.techpro.callclient.engine.LogoutOptions;
import com.techpro.callclient.engine.SipRegistrar;
import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.engine.call.CallDirection;
import com.techpro.callclient.engine.call.CallState;
import com.techpro.callclient.engine.call.Caller;
import com.techpro.callclient.engine.call.RejectReason;
import com.techpro.callclient.engine.message.StoredMessage;
import com.techpro.callclient.engine.people.CallOutcome;
import com.techpro.callclient.engine.people.Favorite;
import com.techpro.callclient.engine.people.HistoryEntry;
import com.techpro.callclient.engine.people.HistoryEntry.CallRecord;
import com.techpro.callclient.engine.privacy.TrimmedStorage.Cache;
import com.techpro.callclient.ports.permission.Permission;
import com.techpro.callclient.ports.phonesystem.Policy;
import com.techpro.callclient.ports.phonesystem.RemoteCallHistory.RemoteCall;
import com.techpro.callclient.ports.storage.SecureStoreException;
import com.techpro.callclient.testkit.contracts.FakeContacts;
import com.techpro.callclient.testkit.contracts.FakePermissions;
import com.techpro.callclient.testkit.contracts.FakeSecureStore;
import com.techpro.callclient.testkit.privacy.VirtualOffice.Phone;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Promises about the people that the user knows and the calls that he made, in virtual time. Part of {@link PrivacyPromises}. */
interface PeoplePromises {
    @Test
    default void C3_the_address_book_is_never_touched_without_permission() {
        FakePermissions permissions = new FakePermissions().deny(Permission.CONTACTS);
        FakeContacts contacts = new FakeContacts(permissions).add("Philomena", "1002");
        try (VirtualOffice office = new VirtualOffice()) {
            Phone phone = office.phone(
                    "1001",
                    settings -> settings.platform(p -> p.contacts(contacts).permissions(permissions)));
            Phone other = office.phone("1002", settings -> settings);
            office.talk(phone, other).hangUp();
            phone.hangUpAll();
            Call call = phone.rings(other);
            assertThat(phone.firstHeard.caller().source()).isEqualTo(Caller.Source.NUMBER);
            phone.client.people().directory().refresh();
            assertThat(office.get(phone.client.people().directory().search("Phil", 5)))
                    .isEmpty();
            assertThat(office.get(phone.client.people().directory().lookUp("1002"))
                            .source())
                    .isEqualTo(Caller.Source.NUMBER);
            call.hangUp();
            assertThat(contacts.trespasses() + contacts.reads()).isZero();

            permissions.grant(Permission.CONTACTS);
            phone.client.people().directory().refresh();
            office.until(() -> contacts.reads() > 0);
            phone.rings(other);
            assertThat(phone.firstHeard.caller().name()).isEqualTo("Philomena");
        }
    }

    @Test
    default void C4_even_a_lab_in_clear_text_sends_nothing_of_the_favourites() {
        try (VirtualOffice office = new VirtualOffice()) {
            Phone phone = office.inClearText(
                    "CanaryPhone/1.0", settings -> settings.platform(p -> p.store(new FakeSecureStore())));
            Phone other = office.phone("1002", settings -> settings);
            office.until(phone::isRegistered);
            assertThat(office.get(phone.client.people().favorites().add(new Favorite("7900112233", "Ombeline Wren")))
                            .isDone())
                    .isTrue();
            office.talk(phone, other).hangUp();
            phone.hangUpAll();
            phone.rings(other);
            phone.hangUpAll();
            office.time.advance(Duration.ofHours(2));
            assertThat(office.text())
                    .contains("INVITE sip:1002@")
                    .doesNotContain("7900112233")
                    .doesNotContain("Ombeline");
        }
    }

    @Test
    default void C5_the_history_has_each_kind_of_call_and_no_number_that_was_withheld() {
        try (VirtualOffice office = new VirtualOffice()) {
            Phone phone = office.phone("1002", settings -> settings.platform(p -> p.store(new FakeSecureStore())));
            Phone colleague = office.phone("1003", settings -> settings);
            Phone other = office.phone("1001", settings -> settings);
            Phone nobody = office.phone("1004", settings -> settings);
            office.until(() ->
                    phone.isRegistered() && colleague.isRegistered() && other.isRegistered() && nobody.isRegistered());

            phone.rings(other);
            other.hangUpAll();
            phone.rings(other);
            phone.incoming.reject(RejectReason.DECLINED);
            other.hangUpAll();
            colleague.rings(other, "2000");
            colleague.incoming.answer();
            office.until(() -> phone.client.calls().isEmpty());
            other.hangUpAll();
            phone.rings(nobody);
            nobody.hangUpAll();
            Call answered = office.talk(phone, other);
            office.time.advance(Duration.ofSeconds(30));
            answered.hangUp();
            phone.hangUpAll();

            List<HistoryEntry> history =
                    phone.client.people().history().snapshot().entries();
            assertThat(history)
                    .extracting(entry -> ((CallRecord) entry).outcome())
                    .containsExactly(
                            CallOutcome.ANSWERED,
                            CallOutcome.MISSED,
                            CallOutcome.ANSWERED_ELSEWHERE,
                            CallOutcome.DECLINED,
                            CallOutcome.MISSED);
            CallRecord talk = (CallRecord) history.get(0);
            assertThat(talk.direction()).isEqualTo(CallDirection.OUTGOING);
            assertThat(talk.number()).isEqualTo("1001");
            assertThat(talk.duration()).isBetween(Duration.ofSeconds(30), Duration.ofSeconds(31));
            assertThat(talk.start()).isBefore(talk.answered());
            CallRecord withheld = (CallRecord) history.get(1);
            assertThat(withheld.withheld()).isTrue();
            assertThat(withheld.number()).isEmpty();
            assertThat(withheld.name()).isNull();
        }
    }

    @Test
    default void C5_the_history_is_bounded_in_number_and_in_age() {
        Policy policy = new Policy(null, null, null, 2, Duration.ofHours(1), Set.of());
        try (VirtualOffice office = new VirtualOffice()) {
            Phone phone = office.phone(
                    "1001",
                    settings -> settings.platform(p -> p.store(new FakeSecureStore()))
                            .policy(policy));
            office.until(phone::isRegistered);
            office.callRefusedNumber(phone, 3);
            assertThat(phone.client.people().history().snapshot().entries()).hasSize(2);
            office.time.advance(Duration.ofHours(2));
            assertThat(phone.client.people().history().snapshot().entries()).isEmpty();
        }
    }

    @ParameterizedTest(name = "U4 {0}: {1} in the contacts is who calls from {2}")
    @CsvSource(
            delimiter = '|',
            value = {
                "DE | 030 123456        | +4930123456",
                "DE | (030) 12 34-56    | 004930123456",
                "DE | +49 (0)30 123456  | 030123456",
                "DE | 0170 1234567      | +491701234567",
                "US | (212) 555-1212    | +12125551212",
                "US | 1-212-555-1212    | 2125551212",
                "US | 011 49 30 123456  | +4930123456",
                "GB | 020 7946 0018     | +442079460018",
                "GB | +44 (0)20 7946 0018 | 02079460018",
                "FR | 01 23 45 67 89    | +33123456789",
                "IT | 06 6982 1234      | +390669821234",
                "ZA | 011 978 5313      | +27119785313",
                "AU | 0412 345 678      | +61412345678",
                "JP | 03-1234-5678      | +81312345678",
                "BR | (11) 91234-5678   | +5511912345678",
                "IN | 098765 43210      | +919876543210",
                "AR | 011 15 3456 7890  | +5491134567890",
                "MX | 55 1234 5678      | +525512345678",
                "ES | 912 345 678       | 0034912345678",
                "CH | 044 668 18 00     | +41446681800",
                "RU | 8 (495) 123-45-67 | +74951234567",
                "CN | 010 6552 9988     | +861065529988",
                "SG | 6123 4567         | +6561234567",
                "PL | 22 123 45 67      | +48221234567",
                "DK | 32 12 34 56       | +4532123456",
                "HU | 06 1 234 5678     | +3612345678",
            })
    default void U4_a_caller_is_known_however_the_number_is_written(String region, String written, String calling) {
        FakePermissions permissions = new FakePermissions();
        FakeContacts contacts = new FakeContacts(permissions).add("Philomena", written);
        try (VirtualOffice office = new VirtualOffice()) {
            Phone phone = office.app(
                    "10.0.1.1",
                    settings -> settings.platform(p -> p.contacts(contacts).permissions(permissions))
                            .region(region));
            office.until(() -> contacts.reads() > 0);
            Caller known = office.get(phone.client.people().directory().lookUp(calling));
            assertThat(known.source()).isEqualTo(Caller.Source.CONTACT);
            assertThat(known.name()).isEqualTo("Philomena");
            String next =
                    calling.substring(0, calling.length() - 1) + (calling.charAt(calling.length() - 1) - '0' + 1) % 10;
            Caller unknown = office.get(phone.client.people().directory().lookUp(next));
            assertThat(unknown.name()).isNull();
        }
    }

    @Test
    default void U4_names_are_shown_for_calls_in_and_out_and_a_withheld_caller_stays_withheld() {
        FakePermissions permissions = new FakePermissions();
        FakeContacts contacts =
                new FakeContacts(permissions).add("Philomena", "030 / 12 34 56").add("Never shown", "1004");
        try (VirtualOffice office = new VirtualOffice()) {
            Phone phone = office.phone(
                    "1001",
                    settings -> settings.platform(p -> p.contacts(contacts)
                                    .permissions(permissions)
                                    .store(new FakeSecureStore()))
                            .region("DE"));
            Phone abroad = office.phone(VirtualOffice.ABROAD, settings -> settings);
            Phone nobody = office.phone("1004", settings -> settings);
            Phone favourite = office.phone("1002", settings -> settings);
            office.until(() ->
                    phone.isRegistered() && abroad.isRegistered() && nobody.isRegistered() && favourite.isRegistered());
            office.get(phone.client.people().favorites().add(new Favorite("1002", "Ombeline")));
            phone.rings(abroad);
            assertThat(phone.firstHeard.caller().name()).isEqualTo("Philomena");
            phone.hangUpAll();
            Call out = phone.account().dial(VirtualOffice.ABROAD);
            office.until(() -> out.snapshot().state() == CallState.RINGING_OUT);
            assertThat(out.snapshot().caller().name()).isEqualTo("Philomena");
            phone.hangUpAll();
            phone.rings(favourite);
            assertThat(phone.firstHeard.caller())
                    .isEqualTo(new Caller(Caller.Source.FAVORITE, "Ombeline", "1002", null));
            phone.hangUpAll();
            phone.rings(nobody);
            assertThat(phone.firstHeard.caller()).isEqualTo(Caller.WITHHELD);
            assertThat(phone.firstHeard.remote().user()).isEmpty();
        }
    }

    @Test
    default void C13_texts_are_kept_only_where_the_app_wants_that_and_until_log_out() throws Exception {
        FakeSecureStore.Disk hers = new FakeSecureStore.Disk();
        FakeSecureStore.Disk his = new FakeSecureStore.Disk();
        try (VirtualOffice office = new VirtualOffice()) {
            Phone keeps = office.phone(
                    "1001",
                    settings -> settings.platform(p -> p.store(new FakeSecureStore(hers)))
                            .keepTextMessages(5));
            Phone keepsNone =
                    office.phone("1002", settings -> settings.platform(p -> p.store(new FakeSecureStore(his))));
            office.until(() -> keeps.isRegistered() && keepsNone.isRegistered());
            for (int i = 1; i <= 9; i++) {
                office.get(keeps.account().sendMessage("1002", "Umbrella " + i));
                office.get(keepsNone.account().sendMessage("1001", "Galoshes " + i));
            }
            office.time.advance(Duration.ofSeconds(1));

            List<StoredMessage> kept = keeps.client.textMessages().read("1002@" + office.pbx.domain(), null, 100);
            assertThat(kept)
                    .extracting(StoredMessage::text)
                    .containsExactly("Galoshes 9", "Umbrella 9", "Galoshes 8", "Umbrella 8", "Galoshes 7");
            assertThat(textOf(hers)).contains("Umbrella 9", "Galoshes 9").doesNotContain("Umbrella 7");
            assertThat(textOf(his)).doesNotContain("Umbrella", "Galoshes");
            assertThat(kept.toString()).doesNotContain("Umbrella", "Galoshes", "1002");

            office.get(keeps.client.logout(LogoutOptions.EVERYTHING));
            assertThat(textOf(hers)).doesNotContain("Umbrella", "Galoshes");
        }
    }

    private static String textOf(FakeSecureStore.Disk disk) throws SecureStoreException {
        FakeSecureStore store = new FakeSecureStore(disk);
        StringBuilder all = new StringBuilder();
        for (String name : store.names()) {
            byte[] value = store.read(name);
            all.append(value == null ? "" : new String(value, StandardCharsets.UTF_8));
        }
        return all.toString();
    }

    @Test
    default void S7_deletions_are_synchronized_both_ways_with_the_phone_system() {
        CallLogPhoneSystem system = new CallLogPhoneSystem(SipRegistrar.phoneSystem());
        try (VirtualOffice office = new VirtualOffice()) {
            Phone phone = office.app("10.0.1.1", settings -> settings.platform(p -> p.store(new FakeSecureStore())));
            system.log.add(new RemoteCall(
                    "r1", true, "1003", "Cleo", office.time.now().minus(Duration.ofHours(1)), false, Duration.ZERO));
            system.log.add(new RemoteCall(
                    "r2", true, "1002", "Bo", office.time.now().minus(Duration.ofHours(2)), false, Duration.ZERO));
            assertThat(office.get(phone.client.login(system, office.login()))).isInstanceOf(LoginResult.LoggedIn.class);
            office.until(
                    () -> phone.client.people().history().snapshot().entries().size() == 2);

            system.reachable = false;
            phone.client
                    .people()
                    .history()
                    .delete(phone.client
                            .people()
                            .history()
                            .snapshot()
                            .entries()
                            .get(0)
                            .id());
            office.until(
                    () -> phone.client.people().history().snapshot().entries().size() == 1);
            assertThat(system.log).as("out of reach for now").hasSize(2);
            system.reachable = true;
            phone.client.people().history().refresh();
            office.until(() -> system.log.size() == 1);
            assertThat(system.log.get(0).id()).isEqualTo("r2");

            system.log.clear();
            phone.client.people().history().refresh();
            office.until(
                    () -> phone.client.people().history().snapshot().entries().isEmpty());
        }
    }

    @Test
    default void S8_low_storage_drops_cached_copies_and_keeps_local_data() {
        FakeSecureStore.Disk disk = new FakeSecureStore.Disk();
        try (VirtualOffice office = new VirtualOffice()) {
            Phone phone = office.phone("1001", settings -> settings.platform(p -> p.store(new FakeSecureStore(disk))));
            office.until(phone::isRegistered);
            office.get(phone.client.people().favorites().add(new Favorite("1002", "Bo")));
            office.callRefusedNumber(phone, 60);
            List<HistoryEntry> newest =
                    phone.client.people().history().snapshot().entries().subList(0, 50);

            assertThat(office.get(phone.client.privacy().trim()).items(Cache.HISTORY))
                    .isEqualTo(10);

            assertThat(phone.client.people().history().snapshot().entries()).isEqualTo(newest);
            phone.quit();
            Phone again = office.phone("1001", settings -> settings.platform(p -> p.store(new FakeSecureStore(disk))));
            office.until(again::isRegistered);
            assertThat(again.client.people().history().snapshot().entries()).isEqualTo(newest);
            assertThat(again.client.people().favorites().snapshot().favorites())
                    .containsExactly(new Favorite("1002", "Bo"));
        }
    }
}
