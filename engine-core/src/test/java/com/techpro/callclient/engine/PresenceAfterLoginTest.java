// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.presence.BusyLamp;
import com.techpro.callclient.engine.presence.LampState;
import com.techpro.callclient.engine.presence.PresenceStatus;
import com.techpro.callclient.engine.presence.PublicationOutcome;
import com.techpro.callclient.ports.phonesystem.Login;
import com.techpro.callclient.ports.phonesystem.LoginContext;
import com.techpro.callclient.ports.phonesystem.LoginOutcome;
import com.techpro.callclient.ports.phonesystem.Policy;
import com.techpro.callclient.ports.phonesystem.Policy.Feature;
import com.techpro.callclient.ports.phonesystem.SecurityFloor;
import com.techpro.callclient.ports.phonesystem.SipAccount;
import com.techpro.callclient.ports.phonesystem.SipTransport;
import com.techpro.callclient.ports.secret.Secret;
import com.techpro.callclient.testkit.contracts.ScriptedMessage;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Promise O1: presence that was on until a login switches it off, for the accounts that there are already. */
class PresenceAfterLoginTest {
    private BusyLampScene office;

    @BeforeEach
    void open() {
        office = new BusyLampScene(41, config -> config);
        office.pbx.on(
                "PUBLISH",
                publish -> office.pbx.respondWithTag(
                        publish, "200 OK", "esc", "SIP-ETag: tag1", "Expires: " + publish.header("Expires")));
    }

    @AfterEach
    void close() {
        office.close();
    }

    private <T> T await(CompletionStage<T> stage) {
        var future = stage.toCompletableFuture();
        office.scene.until(future::isDone);
        return future.join();
    }

    private void logIn(Policy policy) {
        await(office.scene.client.login(new CarolsPhoneSystem(policy), Login.of("carol", Secret.of("secret"))));
        office.scene.pass(Duration.ofSeconds(5));
    }

    @Test
    void O1_published_presence_is_withdrawn_and_not_published_again() {
        assertThat(await(office.scene.alice.publishPresence(PresenceStatus.BUSY)))
                .isEqualTo(new PublicationOutcome.Published());
        logIn(new Policy(null, null, null, null, null, Set.of(Feature.PRESENCE)));
        assertThat(await(office.scene.alice.publishPresence(PresenceStatus.AWAY)))
                .isEqualTo(new PublicationOutcome.SwitchedOff());

        office.scene.pass(Duration.ofHours(3));

        List<ScriptedMessage> publishes = office.pbx.received("PUBLISH");
        assertThat(publishes).hasSize(2);
        assertThat(publishes.get(1).header("Expires")).isEqualTo("0");
        assertThat(publishes.get(1).header("SIP-If-Match")).isEqualTo("tag1");
    }

    @Test
    void O1_extensions_that_are_watched_are_watched_no_more() {
        BusyLamp lamp = office.watched("1002");
        office.dialogs(BusyLampScene.document(0, "full"));
        assertThat(lamp.snapshot().state()).isEqualTo(LampState.IDLE);
        logIn(new Policy(null, null, null, null, null, Set.of(Feature.PRESENCE)));
        BusyLamp later = office.watch("1003");

        office.scene.pass(Duration.ofHours(3));

        assertThat(lamp.snapshot().state()).isEqualTo(LampState.SWITCHED_OFF);
        assertThat(later.snapshot().state()).isEqualTo(LampState.SWITCHED_OFF);
        assertThat(office.pbx.last("SUBSCRIBE").header("Expires")).isEqualTo("0");
    }

    private static final class CarolsPhoneSystem extends TestPhoneSystem {
        CarolsPhoneSystem(Policy policy) {
            super("carol", policy);
        }

        @Override
        public LoginOutcome logIn(Login login, LoginContext context) {
            return new LoginOutcome.LoggedIn(this);
        }

        @Override
        public SipAccount sipAccount() {
            return SipAccount.builder("carol", ScriptedPhoneSystem.HOST, Secret.of("secret"))
                    .transport(SipTransport.UDP)
                    .securityFloor(SecurityFloor.DEFAULT.labAllowCleartextSignalling())
                    .build();
        }
    }
}
