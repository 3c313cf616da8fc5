// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.techpro.callclient.engine.PhoneScene.Phone;
import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.engine.call.CallEnding;
import com.techpro.callclient.engine.call.CallState;
import com.techpro.callclient.engine.call.Caller;
import com.techpro.callclient.engine.call.CommandOutcome;
import com.techpro.callclient.engine.call.CommandRefusal;
import com.techpro.callclient.engine.failure.Failure;
import com.techpro.callclient.engine.lock.AppLock;
import com.techpro.callclient.engine.lock.LockOutcome;
import com.techpro.callclient.engine.people.Favorite;
import com.techpro.callclient.engine.privacy.DataExport;
import com.techpro.callclient.engine.privacy.StorageStatus;
import com.techpro.callclient.engine.privacy.StorageStatus.State;
import com.techpro.callclient.ports.phonesystem.Login;
import com.techpro.callclient.ports.phonesystem.Policy;
import com.techpro.callclient.ports.phonesystem.Policy.Feature;
import com.techpro.callclient.ports.phonesystem.RemoteDirectory;
import com.techpro.callclient.ports.phonesystem.SecurityFloor;
import com.techpro.callclient.ports.phonesystem.SrtpSuite;
import com.techpro.callclient.ports.secret.Secret;
import com.techpro.callclient.ports.update.UpdateAnswer;
import com.techpro.callclient.stack.sip.message.SipMessage;
import com.techpro.callclient.stack.sip.message.SipRequest;
import com.techpro.callclient.testkit.contracts.FakeBiometrics;
import com.techpro.callclient.testkit.contracts.FakeContacts;
import com.techpro.callclient.testkit.contracts.FakePermissions;
import com.techpro.callclient.testkit.contracts.FakeSecureStore;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Promise O1: what the phone system's policy switches off is off from the login to the log-out, whatever the host's own policy says. */
class SessionPolicyTest {
    private final FakeContacts contacts = new FakeContacts().add("Bob Contact", "1002");
    private final FakeSecureStore.Disk disk = new FakeSecureStore.Disk();
    private PhoneScene scene;
    private FakeBiometrics sensor;
    private Phone alice;
    private int updateChecks;

    @BeforeEach
    void open() {
        scene = new PhoneScene(31);
        sensor = new FakeBiometrics(scene.time.workers());
        alice = phone("owner", "192.0.2.1", Policy.OPEN).registered();
    }

    @AfterEach
    void close() {
        scene.close();
    }

    @Test
    void O1_contacts_switched_off_are_not_touched_and_nobody_is_known_by_them() {
        assertThat(await(alice.client.people().directory().lookUp("1002")).name())
                .isEqualTo("Bob Contact");
        TestPhoneSystem system = new TestPhoneSystem("alice", off(Feature.CONTACTS));
        system.colleagues.add(new RemoteDirectory.Entry("Bob Colleague", "1002", List.of()));
        logIn(system);
        int reads = contacts.reads();
        contacts.add("Carol Contact", "1003");

        assertThat(await(alice.client.people().directory().lookUp("1002")).source())
                .isEqualTo(Caller.Source.NUMBER);
        assertThat(await(alice.client.people().directory().lookUp("1003")).source())
                .isEqualTo(Caller.Source.NUMBER);
        assertThat(await(alice.client.people().directory().search("Bob", 9))).isEmpty();
        scene.pass(Duration.ofSeconds(5));
        assertThat(contacts.reads()).isEqualTo(reads);

        await(alice.client.logout(LogoutOptions.EVERYTHING.keepingFavorites()));
        await(alice.client.people().directory().lookUp("1003"));
        scene.pass(Duration.ofSeconds(1));
        assertThat(await(alice.client.people().directory().lookUp("1003")).name())
                .isEqualTo("Carol Contact");
    }

    @Test
    void O1_favourites_switched_off_are_kept_but_neither_shown_nor_changed() throws Exception {
        await(alice.client.people().favorites().add(new Favorite("1009", "Zoe")));
        logIn(new TestPhoneSystem("alice", off(Feature.FAVORITES)));

        assertThat(alice.client.people().favorites().snapshot().storage()).isEqualTo(StorageStatus.of(State.OFF));
        assertThat(alice.client.people().favorites().snapshot().favorites()).isEmpty();
        assertThat(await(alice.client.people().favorites().add(new Favorite("1003", "Carol"))))
                .isEqualTo(new CommandOutcome.Refused(CommandRefusal.NOT_PERMITTED));
        assertThat(await(alice.client.people().favorites().remove("1009")))
                .isEqualTo(new CommandOutcome.Refused(CommandRefusal.NOT_PERMITTED));
        assertThat(await(alice.client.people().favorites().move("1009", 0)))
                .isEqualTo(new CommandOutcome.Refused(CommandRefusal.NOT_PERMITTED));
        assertThat(await(alice.client.people().directory().lookUp("1009")).source())
                .isEqualTo(Caller.Source.NUMBER);
        scene.pass(Duration.ofSeconds(1));
        assertThat(new String(new FakeSecureStore(disk).read("favorites"), StandardCharsets.UTF_8))
                .contains("Zoe");

        await(alice.client.logout(LogoutOptions.EVERYTHING.keepingFavorites()));
        assertThat(alice.client.people().favorites().snapshot().favorites())
                .containsExactly(new Favorite("1009", "Zoe"));
        assertThat(await(alice.client.people().directory().lookUp("1009")).name())
                .isEqualTo("Zoe");
    }

    @Test
    void O1_biometrics_switched_off_are_not_asked() {
        logIn(new TestPhoneSystem("alice", off(Feature.BIOMETRICS)));
        await(alice.client
                .lock()
                .change(
                        new AppLock.Settings(AppLock.Mode.BIOMETRIC_OR_PASSWORD, null, null),
                        new AppLock.Proof.Password(Secret.of("secret"))));
        alice.client.lock().lockNow();
        scene.until(() -> alice.client.lock().isLocked());

        assertThat(await(alice.client.lock().unlockWithBiometrics()).result())
                .isEqualTo(LockOutcome.Result.BIOMETRICS_UNAVAILABLE);
        assertThat(sensor.questions()).isZero();
        assertThat(await(alice.client.lock().unlock(Secret.of("secret"))).isDone())
                .isTrue();
    }

    @Test
    void O1_update_checks_and_the_export_are_off_until_the_log_out() {
        assertThat(await(alice.client.updates().check("1.0"))).isInstanceOf(UpdateAnswer.UpToDate.class);
        logIn(new TestPhoneSystem("alice", off(Feature.UPDATE_CHECK, Feature.EXPORT)));

        assertThat(await(alice.client.updates().check("1.0")))
                .isEqualTo(new UpdateAnswer.Failed(UpdateAnswer.Problem.OFF));
        assertThat(await(alice.client.privacy().export())).isEqualTo(new DataExport.NotAllowed());
        assertThat(updateChecks).isEqualTo(1);

        await(alice.client.logout(LogoutOptions.EVERYTHING.keepingFavorites()));
        await(alice.client.updates().check("1.0"));
        assertThat(updateChecks).isEqualTo(2);
        assertThat(await(alice.client.privacy().export())).isInstanceOf(DataExport.Exported.class);
    }

    @Test
    void O1_a_call_offers_and_answers_with_permitted_codecs_alone() {
        Account account = logIn(new TestPhoneSystem("alice", codecs("pcma", "evs")));
        Phone bob = scene.phone("bob", "192.0.2.2").registered().speaking(880);

        Call out = account.dial("bob");
        scene.until(() -> bob.incoming != null);
        bob.incoming.answer();
        scene.until(() -> out.snapshot().state() == CallState.ESTABLISHED
                && bob.incoming.snapshot().quality() != null);
        assertThat(out.snapshot().quality().codec()).isEqualTo("PCMA");
        assertThat(bodyOfLastInvite()).contains("PCMA").doesNotContain("PCMU");
        assertThat(alice.hears(880)).isGreaterThan(6_000);
        out.hangUp();
        scene.until(() -> bob.ending() != null);

        bob.account.dial("alice");
        scene.until(() -> alice.incoming != null);
        assertThat(bodyOfLastInvite()).contains("PCMU");
        alice.incoming.answer();
        scene.until(() -> alice.incoming.snapshot().quality() != null);
        assertThat(alice.incoming.snapshot().quality().codec()).isEqualTo("PCMA");
    }

    @Test
    void O1_without_a_codec_that_is_permitted_there_is_no_call_in_either_direction() {
        Account account = logIn(new TestPhoneSystem("alice", codecs("evs")));
        Phone bob = scene.phone("bob", "192.0.2.2").registered();

        Call out = account.dial("bob");
        scene.until(() -> out.snapshot().state() == CallState.ENDED);
        assertThat(out.snapshot().ending())
                .isEqualTo(new CallEnding.Failed(new Failure.MediaRefused(Failure.MediaProblem.NO_COMMON_CODEC)));
        assertThat(bob.incoming).isNull();
        Call in = bob.account.dial("alice");
        scene.until(() -> in.snapshot().state() == CallState.ENDED);
        assertThat(alice.incoming).isNull();
        assertThat(alice.audio.openStreams()).isZero();
    }

    @Test
    void O1_the_hosts_own_policy_binds_accounts_that_the_host_adds() {
        Policy aes = new Policy(null, floor(SrtpSuite.values()[0]), Set.of("pcma"), null, null, Set.of());
        Phone carol = phone("carol", "192.0.2.3", aes).registered();

        carol.account.dial("nobody");
        scene.until(() -> carol.ending() != null);

        assertThat(bodyOfLastInvite()).contains("PCMA").doesNotContain("PCMU");
        assertThat(carol.account.sipAccount().securityFloor().suites()).hasSize(1);
        assertThatThrownBy(() -> carol.client.addAccount(PhoneScene.account("dora").toBuilder()
                        .securityFloor(floor(SrtpSuite.values()[1]))
                        .build()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private Phone phone(String user, String address, Policy policy) {
        return scene.phone(
                user,
                address,
                config -> config.platform(p -> p.contacts(contacts)
                                .permissions(new FakePermissions())
                                .biometrics(sensor)
                                .updates((version, answer) -> {
                                    updateChecks++;
                                    answer.accept(new UpdateAnswer.UpToDate());
                                })
                                .store(new FakeSecureStore(disk)))
                        .policy(policy));
    }

    private Account logIn(TestPhoneSystem system) {
        LoginResult result = await(alice.client.login(system, Login.of("alice@example.com", Secret.of("secret"))));
        Account account = ((LoginResult.LoggedIn) result).account();
        scene.until(() -> account.registration().state() == RegistrationState.REGISTERED);
        return account;
    }

    private String bodyOfLastInvite() {
        String body = "";
        for (SipMessage message : scene.proxy.seen()) {
            if (message instanceof SipRequest request && request.isMethod("INVITE") && request.hasBody()) {
                body = request.bodyText();
            }
        }
        return body;
    }

    private static SecurityFloor floor(SrtpSuite suite) {
        return SecurityFloor.DEFAULT.withSuites(List.of(suite)).labAllowCleartextSignalling();
    }

    private static Policy off(Feature... features) {
        return new Policy(null, null, null, null, null, Set.of(features));
    }

    private static Policy codecs(String... names) {
        return new Policy(null, null, Set.of(names), null, null, Set.of());
    }

    private <T> T await(CompletionStage<T> stage) {
        var future = stage.toCompletableFuture();
        scene.until(future::isDone);
        return future.join();
    }
}
