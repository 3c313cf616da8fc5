// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.Account;
import com.techpro.callclient.engine.RegistrationSnapshot;
import com.techpro.callclient.engine.RegistrationState;
import com.techpro.callclient.engine.failure.Failure;
import com.techpro.callclient.ports.phonesystem.HostPort;
import com.techpro.callclient.ports.phonesystem.SipTransport;
import com.techpro.callclient.ports.phonesystem.TlsTrust;
import com.techpro.callclient.ports.push.PushSupport;
import com.techpro.callclient.ports.secret.Secret;
import com.techpro.callclient.testkit.contracts.Seeds;
import com.techpro.callclient.testkit.judge.speech.SpeechClip;
import com.techpro.callclient.testkit.pbx.EmbeddedPbx;
import com.techpro.callclient.testkit.soak.gate.Gate;
import com.techpro.callclient.testkit.soak.network.Impairment;
import com.techpro.callclient.testkit.soak.report.ReportFiles;
import com.techpro.callclient.testkit.soak.report.ReportTable;
import com.techpro.callclient.testkit.soak.report.SoakReport;
import com.techpro.callclient.testkit.soak.run.FirstRegistrations.Obstacle;
import com.techpro.callclient.testkit.soak.settings.Credentials;
import com.techpro.callclient.testkit.soak.settings.ForeignPhoneSystem;
import com.techpro.callclient.testkit.soak.settings.MediaMix;
import com.techpro.callclient.testkit.soak.settings.SoakPhoneSystem;
import com.techpro.callclient.testkit.soak.settings.SoakSettings;
import com.techpro.callclient.testkit.soak.settings.VaultKind;
import com.techpro.callclient.testkit.soak.statistics.Registrations;
import com.techpro.callclient.testkit.soak.statistics.RunStatistics;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Where nobody can be registered the reason is said at once, and is the one gate that is red. */
@Timeout(60)
@Tag("slow")
class FirstContactTest {
    private static final String PASSWORD = "of-nobody";

    private final EmbeddedPbx pbx = EmbeddedPbx.builder()
            .domain("localhost")
            .random(Seeds.random(1))
            .extension("1001", PASSWORD)
            .extension("1002", PASSWORD)
            .start();
    private final List<String> told = new ArrayList<>();

    @AfterEach
    void close() {
        pbx.close();
    }

    @Test
    void a_phone_system_that_is_down_is_one_red_gate_that_says_so(@TempDir Path directory) throws IOException {
        HostPort nobody;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            nobody = new HostPort("localhost", socket.getLocalPort());
        }

        SoakReport report = run(nobody, PASSWORD, pbx.tlsTrust());

        String said = "Nobody is registered: The phone system does not answer; check the network, or try again later."
                + " (unreachable)";
        assertOneReason(report, "unreachable", said);
        assertThat(ReportTable.of(report))
                .contains(
                        "RED  registrations",
                        "RED: " + said + ". 1 of " + report.gates().size() + " gates do not")
                .doesNotContain("0 / 0", "0 of 0", "speech");
        ReportFiles.write(report, null, directory);
        assertThat(directory.resolve("report-junit.xml")).content().contains("failures=\"1\"", said);
        assertThat(directory.resolve("report.html")).content().contains(said).doesNotContain("0 of 0");
    }

    @Test
    void a_certificate_that_is_not_trusted_is_told() throws IOException {
        SoakReport report = run(pbx.address(SipTransport.TLS), PASSWORD, TlsTrust.PLATFORM);
        assertOneReason(
                report,
                "tls-untrusted",
                "Nobody is registered: The phone system's certificate is not from a trusted authority; do not continue."
                        + " (tls-untrusted)");
    }

    @Test
    void credentials_of_which_none_is_right_are_told() throws IOException {
        SoakReport report = run(pbx.address(SipTransport.TLS), "another", pbx.tlsTrust());
        assertOneReason(
                report,
                "wrong-credentials",
                "Nobody is registered: Check the user name and the password. (wrong-credentials)");
    }

    @Test
    void a_single_refused_user_only_affects_the_registrations_gate() throws IOException {
        List<Credentials.User> users = List.of(user("1001", PASSWORD), user("1002", "another"));
        SoakReport report = run(pbx.address(SipTransport.TLS), users, pbx.tlsTrust());
        assertThat(told).last().isEqualTo("begun");
        assertThat(report.gates())
                .filteredOn(gate -> gate.id().equals("registrations"))
                .singleElement()
                .satisfies(gate -> {
                    assertThat(gate.verdict()).isEqualTo(Gate.Verdict.RED);
                    assertThat(gate.measured()).startsWith("1 registered");
                });
        assertThat(ReportTable.of(report)).contains("calls attempted / connected", "failed: wrong-credentials");
    }

    @Test
    void silence_is_told_and_is_not_waited_for_without_end() throws IOException {
        try (DatagramSocket mute = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            HostPort there = new HostPort("127.0.0.1", mute.getLocalPort());
            SoakPhoneSystem phones =
                    new ForeignPhoneSystem(there, users(PASSWORD), SipTransport.UDP, null, pbx.tlsTrust());
            SoakReport report = run(phones, SipTransport.UDP);
            assertThat(told).containsExactly("awaited PT12S", "no-answer");
            assertThat(report.gates())
                    .extracting(Gate::note)
                    .anyMatch(note -> note.contains("not answered within 12 s"));
        }
    }

    @Test
    void a_run_that_is_ended_meanwhile_blames_nobody() throws IOException {
        try (DatagramSocket mute = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            HostPort there = new HostPort("127.0.0.1", mute.getLocalPort());
            SoakPhoneSystem phones =
                    new ForeignPhoneSystem(there, users(PASSWORD), SipTransport.UDP, null, pbx.tlsTrust());
            SoakRun run = new SoakRun(settings(SipTransport.UDP), () -> phones, progress -> {});
            AtomicBoolean failed = new AtomicBoolean();
            SoakReport report = run.registeringFirst(new FirstRegistrations() {
                        @Override
                        public void awaited(Duration limit) {
                            run.stop();
                        }

                        @Override
                        public void begun() {}

                        @Override
                        public void failed(Obstacle why) {
                            failed.set(true);
                        }
                    })
                    .callsAtOnce(1)
                    .execute();
            assertThat(failed).isFalse();
            assertThat(report.exitCode()).isEqualTo(1);
            assertThat(report.gates()).extracting(Gate::verdict).doesNotContain(Gate.Verdict.RED);
        }
    }

    @Test
    void nobody_is_left_once_each_was_refused_and_nobody_ever_was_registered() {
        try (RunEnvironment stage = RunEnvironment.open()) {
            Registrations registrations = new Registrations(stage.loop(), new RunStatistics(List.of()));
            Account one = account("one");
            Account other = account("other");
            assertThat(registrations.nobodyIsLeft()).as("of nobody").isFalse();
            registrations.started(one);
            registrations.started(other);
            registrations.changed(one, snapshot(RegistrationState.WAITING, new Failure.Unreachable()));
            assertThat(registrations.nobodyIsLeft()).as("of two").isFalse();
            registrations.changed(other, snapshot(RegistrationState.FAILED, new Failure.Forbidden()));
            assertThat(registrations.nobodyIsLeft()).isTrue();
            registrations.changed(one, snapshot(RegistrationState.REGISTERING, null));
            assertThat(registrations.nobodyIsLeft())
                    .as("while it is tried again")
                    .isTrue();
            assertThat(registrations.refusals()).hasSize(2);
            registrations.changed(one, snapshot(RegistrationState.REGISTERED, null));
            assertThat(registrations.anybody()).isTrue();
            registrations.changed(one, snapshot(RegistrationState.WAITING, new Failure.Unreachable()));
            assertThat(registrations.nobodyIsLeft())
                    .as("who was registered before")
                    .isFalse();
        }
    }

    private static RegistrationSnapshot snapshot(RegistrationState state, @Nullable Failure failure) {
        return new RegistrationSnapshot(state, failure, null, null, false, 0, PushSupport.NOT_ASKED, null);
    }

    private static Account account(String id) {
        return (Account) Proxy.newProxyInstance(
                Account.class.getClassLoader(), new Class<?>[] {Account.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("id")) {
                        return id;
                    }
                    throw new UnsupportedOperationException(method.getName());
                });
    }

    @Test
    void the_most_frequent_failure_is_the_reason_and_others_are_counted() {
        Failure wrong = new Failure.AuthenticationFailed(Failure.AuthenticationProblem.WRONG_CREDENTIALS);
        Failure forbidden = new Failure.Forbidden();
        assertThat(FirstContact.obstacle(List.of(forbidden, wrong, wrong)))
                .isEqualTo(
                        new Obstacle(
                                "wrong-credentials",
                                "Nobody is registered: Check the user name and the password. (wrong-credentials 2, forbidden 1)"));
        assertThat(FirstContact.obstacle(List.of()).code()).isEqualTo("no-answer");
    }

    private void assertOneReason(SoakReport report, String code, String text) {
        // On a machine that is busy with others the first answer may take so long that silence is told before.
        assertThat(told).last().isEqualTo(code);
        assertThat(report.gates())
                .filteredOn(gate -> !gate.green())
                .singleElement()
                .satisfies(gate -> {
                    assertThat(gate.id()).isEqualTo("registrations");
                    assertThat(gate.verdict()).isEqualTo(Gate.Verdict.RED);
                    assertThat(gate.measured()).isEqualTo("nobody: " + code);
                    assertThat(gate.limit()).isEqualTo("all 2");
                    assertThat(gate.note()).isEqualTo(text);
                });
        assertThat(ReportTable.of(report)).doesNotContain("calls attempted / connected");
        assertThat(report.exitCode()).isEqualTo(1);
        assertThat(report.calls().attempted()).isZero();
    }

    private SoakReport run(HostPort host, String password, TlsTrust trust) throws IOException {
        return run(host, users(password), trust);
    }

    private SoakReport run(HostPort host, List<Credentials.User> users, TlsTrust trust) throws IOException {
        return run(new ForeignPhoneSystem(host, users, SipTransport.TLS, null, trust), SipTransport.TLS);
    }

    private SoakReport run(SoakPhoneSystem phones, SipTransport transport) throws IOException {
        return new SoakRun(settings(transport), () -> phones, progress -> {})
                .callsAtOnce(1)
                .registeringFirst(new Told())
                .execute();
    }

    private static List<Credentials.User> users(String password) {
        return List.of(user("1001", password), user("1002", password));
    }

    private static Credentials.User user(String number, String password) {
        return new Credentials.User(number, Secret.of(password), number);
    }

    private static SoakSettings settings(SipTransport transport) throws IOException {
        return new SoakSettings(
                2,
                0,
                VaultKind.PASSPHRASE,
                1,
                Duration.ofSeconds(1),
                transport,
                null,
                2_543,
                Impairment.NONE,
                SpeechClip.builtIn(),
                MediaMix.PLAIN,
                Set.of());
    }

    private final class Told implements FirstRegistrations {
        @Override
        public void awaited(Duration limit) {
            told.add("awaited " + limit);
        }

        @Override
        public void begun() {
            told.add("begun");
        }

        @Override
        public void failed(Obstacle why) {
            told.add(why.code());
        }
    }
}
