// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.ports.net.NetworkMonitor;
import com.techpro.callclient.ports.phonesystem.SipTransport;
import com.techpro.callclient.testkit.contracts.FakeNetworkMonitor;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Promise C10: on another network the account registers at once, wherever its registration stood when the network changed. */
class NetworkChangeRegistrationTest {
    private static final String NEW = "198.51.100.7";

    private final FakeNetworkMonitor monitor = new FakeNetworkMonitor(Runnable::run);
    private ScriptedPhoneSystem scene;

    @BeforeEach
    void open() {
        scene = new ScriptedPhoneSystem(
                41, SipTransport.TCP, account -> account, config -> config.platform(p -> p.networkMonitor(monitor)));
    }

    @AfterEach
    void close() {
        scene.close();
    }

    private void move() {
        scene.phone.moveTo(NEW);
        monitor.become(NetworkMonitor.Status.on("second"));
        scene.pass(Duration.ofMillis(100));
    }

    private void moveWithoutAFailure() {
        scene.registrations.clear();

        move();

        assertThat(scene.registrations)
                .extracting(RegistrationSnapshot::state)
                .doesNotContain(RegistrationState.WAITING)
                .endsWith(RegistrationState.REGISTERED);
    }

    private RegistrationState state() {
        return scene.alice.registration().state();
    }

    @Test
    void C10_a_connection_that_is_being_made_on_the_network_before_is_not_waited_for() {
        scene.network.partition(ScriptedPhoneSystem.PHONE, ScriptedPhoneSystem.HOST);
        scene.pass(Duration.ofSeconds(1));
        assertThat(state()).isEqualTo(RegistrationState.REGISTERING);

        move();

        assertThat(state()).isEqualTo(RegistrationState.REGISTERED);
    }

    @Test
    void C10_an_account_that_waits_with_an_open_connection_opens_another() {
        scene.pbx.on("REGISTER", register -> scene.pbx.respond(register, "503 Busy", "Retry-After: 600"));
        scene.until(() -> state() == RegistrationState.WAITING);
        scene.pbx.on("REGISTER", scene::accept);

        move();

        assertThat(state()).isEqualTo(RegistrationState.REGISTERED);
    }

    @Test
    void C10_an_account_with_a_pending_REGISTER_sends_another() {
        scene.pbx.on("REGISTER", register -> {});
        scene.pass(Duration.ofSeconds(1));
        scene.pbx.on("REGISTER", scene::accept);

        moveWithoutAFailure();
    }

    @Test
    void C10_a_registered_account_registers_again_without_a_failure() {
        scene.registered();

        moveWithoutAFailure();

        assertThat(scene.registrations)
                .extracting(RegistrationSnapshot::state)
                .containsExactly(RegistrationState.REGISTERING, RegistrationState.REGISTERED);
    }

    @Test
    void C10_an_account_with_a_pending_refresh_registers_again_without_a_failure() {
        scene.registered();
        scene.pbx.on("REGISTER", register -> scene.pbx.on("REGISTER", scene::accept));
        scene.alice.register();
        scene.pass(Duration.ofMillis(100));

        moveWithoutAFailure();
    }

    @Test
    void C10_an_account_that_is_removed_as_the_network_changes_is_gone() {
        scene.pbx.on("REGISTER", register -> {});
        scene.pass(Duration.ofSeconds(1));

        monitor.become(NetworkMonitor.Status.on("second"));
        scene.alice.remove();
        scene.pass(Duration.ofSeconds(1));

        assertThat(scene.client.accounts()).isEmpty();
    }

    @Test
    void C10_RFC6052_an_account_at_an_IPv4_address_registers_over_TLS_on_IPv6_only() {
        try (ScriptedPhoneSystem secured = ScriptedPhoneSystem.tls(
                42, account -> account, config -> config.platform(p -> p.networkMonitor(monitor)))) {
            secured.network.nat64("203.0.113.64", "2001:db8:64::");
            secured.network.dns().address("ipv4only.arpa", "2001:db8:64::192.0.0.170");
            secured.registered();
            secured.pbx.forget();

            secured.phone.moveTo("2001:db8::1");
            monitor.become(NetworkMonitor.Status.on("mobile"));
            secured.pass(Duration.ofMillis(200));

            assertThat(secured.alice.registration().state()).isEqualTo(RegistrationState.REGISTERED);
            assertThat(secured.pbx.received("REGISTER")).hasSize(1);
        }
    }
}
