// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.ports.phonesystem.Login;
import com.techpro.callclient.ports.phonesystem.LoginContext;
import com.techpro.callclient.ports.phonesystem.LoginOutcome;
import com.techpro.callclient.ports.phonesystem.PhoneSystem;
import com.techpro.callclient.ports.phonesystem.Session;
import com.techpro.callclient.ports.secret.Secret;
import com.techpro.callclient.testkit.contracts.FakeVoicemailBox;
import com.techpro.callclient.testkit.judge.speech.SpeechClip;
import com.techpro.callclient.testkit.pbx.EmbeddedPbx;
import com.techpro.callclient.testkit.soak.driver.UnverifiedSpeech;
import com.techpro.callclient.testkit.soak.gate.Gate;
import com.techpro.callclient.testkit.soak.report.SoakReport;
import com.techpro.callclient.testkit.soak.settings.AppLogin;
import com.techpro.callclient.testkit.soak.settings.VaultKind;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("slow")
class AppUsersTest {
    private final EmbeddedPbx pbx = EmbeddedPbx.builder()
            .extensions("1001", "1002")
            .provisioning()
            .voicemail()
            .start();
    private final RunEnvironment stage = RunEnvironment.open();
    private final AppUsers users;

    AppUsersTest() throws IOException {
        users = new AppUsers(VaultKind.PASSPHRASE, stage, SpeechClip.builtIn(), new UnverifiedSpeech(null));
    }

    @AfterEach
    void close() {
        stage.close();
        pbx.close();
    }

    private AppLogin login(String extension) {
        return new AppLogin(
                pbx.phoneSystem(),
                pbx.login(extension),
                () -> pbx.state().isRegistered(extension),
                () -> pbx.voicemail().stored(extension));
    }

    private List<Gate> red() {
        return users.gates(false).stream().filter(gate -> !gate.green()).toList();
    }

    @Test
    @Tag("day-0")
    void U6_S6_favourites_and_history_survive_a_restart_and_log_out_leaves_nothing() throws Exception {
        users.live(List.of(login("1001"), login("1002")), () -> false);

        assertThat(red()).isEmpty();
        assertThat(users.gates(false)).hasSize(11);
        SoakReport.AppUsers report = users.report(1);
        assertThat(report.users()).isEqualTo(2);
        assertThat(report.countByClaim().values()).containsOnly(2);
    }

    @Test
    @Tag("day-1")
    void U2_a_user_unknown_to_the_phone_system_turns_the_gates_red_with_the_reason() throws Exception {
        Login right = pbx.login("1002");
        Login wrong = new Login(right.user(), Secret.of("guess"), right.server(), null, right.trust());

        users.live(List.of(login("1001"), new AppLogin(pbx.phoneSystem(), wrong, () -> false, () -> 0)), () -> false);

        assertThat(red()).anySatisfy(gate -> {
            assertThat(gate.measured()).isEqualTo("1 of 2");
            assertThat(gate.note()).contains("#1", "WRONG_CREDENTIALS").doesNotContain(right.user());
        });
    }

    @Test
    @Tag("day-2")
    void S6_a_binding_that_stays_at_the_registrar_is_red() throws Exception {
        AppLogin stays = new AppLogin(pbx.phoneSystem(), pbx.login("1002"), () -> true, () -> 0);

        users.live(List.of(login("1001"), stays), () -> false);

        assertThat(red()).singleElement().satisfies(gate -> {
            assertThat(gate.title()).contains("gone from the registrar");
            assertThat(gate.note()).contains("#1", "still registered");
        });
    }

    /** The lamp tells of it, and the mailbox that the app reads never shows it. */
    @Test
    @Tag("day-1")
    void U5_a_message_that_is_told_and_never_listed_is_one_red_gate() throws Exception {
        AppUsers hasty = new AppUsers(
                VaultKind.PASSPHRASE, stage, SpeechClip.builtIn(), new UnverifiedSpeech(null), Duration.ofSeconds(5));
        AppLogin empty = new AppLogin(
                new EmptyMailbox(pbx.phoneSystem()),
                pbx.login("1002"),
                () -> pbx.state().isRegistered("1002"),
                () -> pbx.voicemail().stored("1002"));

        hasty.live(List.of(login("1001"), empty), () -> false);

        List<Gate> gates = hasty.gates(false);
        assertThat(gates)
                .filteredOn(gate -> gate.verdict() == Gate.Verdict.RED)
                .singleElement()
                .satisfies(gate -> {
                    assertThat(gate.id()).isEqualTo("app-users-message-heard");
                    assertThat(gate.measured()).isEqualTo("1 of 2");
                    assertThat(gate.note()).contains("#1", "the message is listed");
                });
        assertThat(gates)
                .filteredOn(gate -> gate.verdict() == Gate.Verdict.NOT_JUDGED)
                .singleElement()
                .satisfies(gate -> {
                    assertThat(gate.id()).isEqualTo("app-users-message-deleted");
                    assertThat(gate.note()).contains("app-users-message-heard");
                });
    }

    @Test
    void without_users_there_are_no_gates() throws Exception {
        users.live(List.of(login("1001"), login("1002")), () -> true);

        assertThat(users.gates(false)).isEmpty();
    }

    /** The phone system, but for the messages in its users' mailboxes. */
    private record EmptyMailbox(PhoneSystem system) implements PhoneSystem {
        @Override
        public String kind() {
            return system.kind();
        }

        @Override
        public LoginOutcome logIn(Login login, LoginContext context) {
            return system.logIn(login, context) instanceof LoginOutcome.LoggedIn in
                    ? new LoginOutcome.LoggedIn((Session) Proxy.newProxyInstance(
                            Session.class.getClassLoader(),
                            new Class<?>[] {Session.class},
                            (proxy, method, given) -> method.getName().equals("voicemailBox")
                                    ? new FakeVoicemailBox(new FakeVoicemailBox.Mailbox())
                                    : method.invoke(in.session(), given)))
                    : new LoginOutcome.Refused(LoginOutcome.Reason.SERVER_FAILED);
        }
    }
}
