// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.PhoneScene.Phone;
import com.techpro.callclient.engine.WakeOutcome.Result;
import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.engine.call.CallState;
import com.techpro.callclient.engine.call.HoldState;
import com.techpro.callclient.ports.device.DeviceInfo;
import com.techpro.callclient.ports.net.NetworkMonitor;
import com.techpro.callclient.ports.permission.Permission;
import com.techpro.callclient.ports.push.PushToken;
import com.techpro.callclient.stack.sip.message.SipMessage;
import com.techpro.callclient.stack.sip.message.SipRequest;
import com.techpro.callclient.testkit.contracts.FakeNetworkMonitor;
import com.techpro.callclient.testkit.contracts.FakePermissions;
import com.techpro.callclient.testkit.contracts.FakePush;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How a phone that slept, or changed networks, is found by calls again. */
class WakeScenarioTest {
    private static final Duration BUDGET = Duration.ofSeconds(20);

    private final FakePermissions permissions = new FakePermissions();
    private PhoneScene scene;
    private FakeNetworkMonitor monitor;
    private FakePush push;
    private Phone alice;
    private Phone bob;

    @BeforeEach
    void twoPhones() {
        scene = new PhoneScene(17);
        monitor = new FakeNetworkMonitor(scene.time.openLoop("platform")::execute);
        push = new FakePush(scene.time.openLoop("push")::execute);
        alice = scene.phone(
                        "alice",
                        "192.0.2.1",
                        config -> config.platform(p -> p.networkMonitor(monitor)
                                .push(push)
                                .permissions(permissions)
                                .device(new DeviceInfo("AcmePhone", "3.1.4", "tablet", "Canary OS 9"))))
                .registered()
                .speaking(440);
        bob = scene.phone("bob", "192.0.2.2").registered().speaking(880);
    }

    @AfterEach
    void close() {
        scene.close();
    }

    @Test
    void C10_a_change_of_network_registers_at_once_and_the_call_goes_on() {
        Call call = scene.talk(alice, bob);
        long before = scene.proxy.requests("REGISTER");

        monitor.become(NetworkMonitor.Status.on("second"));
        scene.pass(Duration.ofMillis(500));

        assertThat(scene.proxy.requests("REGISTER")).isEqualTo(before + 1);
        assertThat(alice.account.registration().state()).isEqualTo(RegistrationState.REGISTERED);
        assertThat(call.snapshot().state()).isEqualTo(CallState.ESTABLISHED);
        assertThat(bob.hears(440)).isGreaterThan(6_000);
        call.hold();
        scene.until(() -> bob.incoming.snapshot().hold() == HoldState.REMOTE);
    }

    @Test
    void C10_a_network_that_comes_back_ends_the_waiting() {
        scene.network.partition("192.0.2.1", PhoneScene.DOMAIN);
        monitor.become(NetworkMonitor.Status.OFFLINE);
        scene.until(() -> alice.account.registration().state() == RegistrationState.WAITING, Duration.ofMinutes(30));
        scene.pass(Duration.ofMinutes(10));
        scene.until(() -> alice.account.registration().state() == RegistrationState.WAITING, Duration.ofMinutes(10));
        scene.network.heal("192.0.2.1", PhoneScene.DOMAIN);

        monitor.become(NetworkMonitor.Status.on("first"));
        scene.pass(Duration.ofMillis(500));

        assertThat(alice.account.registration().state()).isEqualTo(RegistrationState.REGISTERED);
    }

    @Test
    void C10_the_same_network_again_changes_nothing() {
        long before = scene.proxy.requests("REGISTER");
        monitor.become(NetworkMonitor.Status.on("first"));
        scene.pass(Duration.ofSeconds(5));

        assertThat(scene.proxy.requests("REGISTER")).isEqualTo(before);
    }

    @Test
    void RFC8599_the_push_token_is_in_the_Contact_of_REGISTER_and_nowhere_else() {
        push.issue(new PushToken("fcm", "device:token/1", "project-7"));
        scene.pass(Duration.ofSeconds(1));
        SipRequest register = last("REGISTER");

        assertThat(register.contacts().get(0).uri().param("pn-provider")).isEqualTo("fcm");
        assertThat(register.contacts().get(0).uri().param("pn-prid")).isEqualTo("device:token/1");
        assertThat(register.contacts().get(0).uri().param("pn-param")).isEqualTo("project-7");
        assertThat(alice.account.registration().state()).isEqualTo(RegistrationState.REGISTERED);

        Call call = scene.talk(alice, bob);
        call.hangUp();
        scene.until(() -> bob.ending() != null);
        assertThat(scene.proxy.seen().stream()
                        .filter(message -> text(message).contains("pn-p"))
                        .allMatch(message -> text(message).contains("REGISTER")))
                .isTrue();
    }

    @Test
    void P5_R2_without_the_permission_the_phone_system_is_told_no_token() {
        push.issue(new PushToken("apns", "one", null));
        scene.pass(Duration.ofSeconds(1));
        assertThat(text(last("REGISTER"))).contains("pn-provider=apns").doesNotContain("pn-param");

        permissions.deny(Permission.BACKGROUND_REFRESH);
        push.issue(new PushToken("apns", "two", null));
        scene.pass(Duration.ofSeconds(1));

        assertThat(text(last("REGISTER"))).doesNotContain("pn-");
        assertThat(alice.account.registration().state()).isEqualTo(RegistrationState.REGISTERED);
    }

    @Test
    void a_push_registers_and_the_call_it_was_for_arrives() {
        CompletableFuture<WakeOutcome> outcome = wake(WakeReason.PUSH);
        scene.pass(Duration.ofSeconds(1));
        assertThat(outcome).isNotDone();

        bob.account.dial("alice");
        scene.until(outcome::isDone);

        assertThat(outcome.join()).isEqualTo(new WakeOutcome(Result.CALL, null));
        alice.incoming.answer();
        scene.until(() -> alice.incoming.snapshot().state() == CallState.ESTABLISHED);
    }

    @Test
    void waking_twice_registers_once_and_both_hear_the_same() {
        long before = scene.proxy.requests("REGISTER");
        CompletableFuture<WakeOutcome> first = wake(WakeReason.PUSH);
        scene.pass(Duration.ofSeconds(15));
        CompletableFuture<WakeOutcome> second = wake(WakeReason.PUSH);
        scene.pass(Duration.ofSeconds(15));
        assertThat(first).as("the time was made longer").isNotDone();
        scene.pass(Duration.ofSeconds(6));

        assertThat(first.join()).isEqualTo(new WakeOutcome(Result.NO_CALL, null));
        assertThat(second.join()).isEqualTo(first.join());
        assertThat(scene.proxy.requests("REGISTER")).isEqualTo(before + 1);
    }

    @Test
    void a_refresh_in_the_background_ends_as_soon_as_everything_is_registered() {
        CompletableFuture<WakeOutcome> outcome = wake(WakeReason.BACKGROUND_REFRESH);
        scene.pass(Duration.ofSeconds(1));

        assertThat(outcome.join()).isEqualTo(new WakeOutcome(Result.NO_CALL, null));
    }

    @Test
    void a_phone_system_that_does_not_answer_is_told_within_the_budget() {
        scene.network.partition("192.0.2.1", PhoneScene.DOMAIN);
        CompletableFuture<WakeOutcome> outcome = wake(WakeReason.PUSH);
        scene.pass(BUDGET.plusSeconds(1));

        assertThat(outcome.join().result()).isEqualTo(Result.NOT_REGISTERED);
        assertThat(outcome.join().failure()).isNotNull();
    }

    @Test
    void waking_an_app_without_an_account_is_over_at_once() {
        try (CallClient empty = CallClient.create(CallClientConfig.builder()
                .lab(lab -> lab.schedulers(scene.time).network(scene.network.host("192.0.2.9")))
                .callbacks(Runnable::run)
                .build())) {
            CompletableFuture<WakeOutcome> outcome =
                    empty.wake(WakeReason.PUSH, BUDGET).toCompletableFuture();
            scene.pass(Duration.ZERO);
            assertThat(outcome.join()).isEqualTo(new WakeOutcome(Result.NO_ACCOUNT, null));
        }
    }

    @Test
    void closing_ends_the_waiting_and_the_watching() {
        CompletableFuture<WakeOutcome> outcome = wake(WakeReason.PUSH);
        scene.pass(Duration.ofSeconds(1));
        alice.client.close();
        scene.pass(Duration.ofSeconds(1));

        assertThat(outcome.join().result()).isEqualTo(Result.CLOSED);
        assertThat(monitor.watches()).isZero();
        assertThat(push.isWatched()).isFalse();
    }

    @Test
    void C9_the_device_is_described_in_User_Agent_and_nowhere_else() {
        List<String> sent = new ArrayList<>();
        scene.proxy.between(message -> {
            sent.add(text(message));
            return message;
        });
        Call call = scene.talk(alice, bob);
        call.hold();
        scene.until(() -> bob.incoming.snapshot().hold() == HoldState.REMOTE);
        call.hangUp();
        scene.until(() -> bob.ending() != null);
        bob.account.dial("alice").hangUp();
        scene.pass(Duration.ofSeconds(5));

        assertThat(sent).anyMatch(text -> text.contains("User-Agent: AcmePhone/3.1.4 (tablet; Canary OS 9)"));
        assertThat(sent)
                .allSatisfy(text -> assertThat(text.replaceAll("(?m)^User-Agent:.*$", ""))
                        .doesNotContain("Canary OS")
                        .doesNotContain("tablet")
                        .doesNotContain("3.1.4"));
    }

    private CompletableFuture<WakeOutcome> wake(WakeReason reason) {
        return alice.client.wake(reason, BUDGET).toCompletableFuture();
    }

    private SipRequest last(String method) {
        SipRequest last = null;
        for (SipMessage message : scene.proxy.seen()) {
            if (message instanceof SipRequest request && request.isMethod(method)) {
                last = request;
            }
        }
        return last;
    }

    private static String text(SipMessage message) {
        return new String(message.encode(), StandardCharsets.UTF_8);
    }
}
