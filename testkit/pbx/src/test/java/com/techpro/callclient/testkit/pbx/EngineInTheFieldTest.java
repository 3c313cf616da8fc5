// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.engine.call.CallEnding;
import com.techpro.callclient.engine.call.CallState;
import com.techpro.callclient.engine.call.ForwardingRules;
import com.techpro.callclient.engine.call.HoldState;
import com.techpro.callclient.engine.call.MediaKeying;
import com.techpro.callclient.engine.call.RejectReason;
import com.techpro.callclient.engine.call.TransferOutcome;
import com.techpro.callclient.engine.failure.Failure;
import com.techpro.callclient.ports.phonesystem.KeyingPolicy;
import com.techpro.callclient.ports.phonesystem.SipTransport;
import com.techpro.callclient.testkit.pbx.PbxScene.Phone;
import com.techpro.callclient.testkit.pbx.settings.FieldBehaviour;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the engine makes of single behaviours of phone systems in the field. */
class EngineInTheFieldTest {
    private static final int LOUD = 6_000;

    private PbxScene scene;

    @AfterEach
    void close() {
        scene.close();
    }

    private static void assertHear(Phone one, double ones, Phone other, double others) {
        assertThat(one.hears(others)).isGreaterThan(LOUD);
        assertThat(other.hears(ones)).isGreaterThan(LOUD);
    }

    /** The caller can nothing else, and the called one would like another better. */
    @Test
    void a_hold_by_the_called_party_leaves_the_codec_as_it_is() {
        scene = new PbxScene(1, builder -> builder.behaving(FieldBehaviour.FIRST_CODEC_OF_LATER_OFFERS));
        Phone alice = scene.phone(
                        "1001",
                        scene.pbx
                                .account("1001", SipTransport.TLS)
                                .codecs(Set.of("pcma"))
                                .build())
                .registered()
                .speaking(440);
        Phone bob = scene.phone("1002").registered().speaking(880);
        Call call = scene.talk(alice, bob);

        bob.incoming.hold();
        scene.until(() -> bob.incoming.snapshot().hold() == HoldState.LOCAL);
        scene.pass(Duration.ofSeconds(1));
        bob.incoming.resume();
        scene.until(() -> bob.incoming.snapshot().hold() == HoldState.NONE);
        scene.pass(Duration.ofSeconds(2));

        assertThat(call.snapshot().state()).isEqualTo(CallState.ESTABLISHED);
        assertThat(bob.incoming.snapshot().codec()).isEqualTo("PCMA");
        assertHear(alice, 440, bob, 880);
        call.hangUp();
        scene.assertQuiet();
    }

    @ParameterizedTest
    @EnumSource(
            value = KeyingPolicy.class,
            names = {"PREFER_SDES", "PREFER_DTLS", "OFFER_BOTH"})
    void an_extension_that_takes_DTLS_alone_is_called_from_with_DTLS(KeyingPolicy policy) {
        scene = new PbxScene(1, builder -> builder.dtls("1001").behaving(FieldBehaviour.ONE_KIND_OF_KEYS));
        Phone alice = scene.phone(
                        "1001",
                        scene.pbx
                                .account("1001", SipTransport.TLS)
                                .keyingPolicy(policy)
                                .build())
                .registered()
                .speaking(440);
        Phone bob = scene.phone("1002").registered().speaking(880);
        Call call = scene.talk(alice, bob);
        scene.pass(Duration.ofSeconds(2));

        assertThat(call.snapshot().keying()).isEqualTo(MediaKeying.DTLS);
        assertThat(bob.incoming.snapshot().keying()).isEqualTo(MediaKeying.SDES);
        assertHear(alice, 440, bob, 880);
        assertThat(invites()).isEqualTo(policy == KeyingPolicy.PREFER_DTLS ? 1 : 2);
        call.hangUp();
        scene.assertQuiet();
    }

    private long invites() {
        return scene.pbx.requests("INVITE").stream()
                .filter(request -> request.fromUser().equals("1001"))
                .filter(request ->
                        request.header("Authorization") != null || request.header("Proxy-Authorization") != null)
                .count();
    }

    /** Neither is rung, and no port that was opened for the called one stays open. */
    @Test
    void S4_a_phone_that_may_not_have_the_keys_asked_for_has_no_call() {
        scene = new PbxScene(1, builder -> builder.dtls("1001").behaving(FieldBehaviour.ONE_KIND_OF_KEYS));
        Phone alice = scene.phone(
                        "1001",
                        scene.pbx
                                .account("1001", SipTransport.TLS)
                                .keyingPolicy(KeyingPolicy.SDES_ONLY)
                                .build())
                .registered();
        Phone bob = scene.phone("1002").registered();
        alice.account.dial("1002");
        scene.until(() -> alice.ending() != null);

        assertThat(alice.ending().code()).isEqualTo("media-refused");
        assertThat(bob.incoming).isNull();
        scene.assertQuiet();
    }

    @Test
    void a_transferee_that_is_lost_after_a_failed_transfer_leaves_no_silent_call() {
        scene = new PbxScene(1, builder -> builder.behaving(FieldBehaviour.LOSES_THE_TRANSFEREE));
        Phone alice = scene.phone("1001").registered().speaking(440);
        Phone bob = scene.phone("1002").registered().speaking(880);
        Phone carol = scene.phone("1003").registered().speaking(1_200);
        Call call = scene.talk(alice, bob);
        scene.pass(Duration.ofSeconds(1));

        var outcome = call.transfer("1003").toCompletableFuture();
        scene.until(() -> carol.incoming != null);
        carol.incoming.reject(RejectReason.BUSY);
        scene.until(outcome::isDone);
        assertThat(outcome.join()).isEqualTo(new TransferOutcome.Failed(new Failure.Busy()));
        scene.until(() -> bob.ending() != null, Duration.ofSeconds(5));
        assertThat(alice.ending()).isNull();

        scene.until(() -> alice.ending() != null, Duration.ofSeconds(10));
        assertThat(alice.ending()).isEqualTo(new CallEnding.MediaTimeout());
        scene.assertQuiet();
    }

    @Test
    void a_dialplan_Diversion_gives_the_originally_called_number() {
        scene = new PbxScene(1, builder -> builder.behaving(FieldBehaviour.DIVERSION_BY_DIALPLAN));
        Phone alice = scene.phone("1001").registered();
        Phone bob = scene.phone("1002").registered();
        Phone carol = scene.phone("1003").registered();
        var set = bob.client
                .incomingCalls()
                .forwarding()
                .set(ForwardingRules.NONE.withAlways("1003"))
                .toCompletableFuture();
        scene.until(set::isDone);

        Call call = alice.account.dial("1002");
        scene.until(() -> carol.incoming != null);

        assertThat(carol.incoming.snapshot().originallyCalled().user()).isEqualTo("1002");
        call.hangUp();
        scene.until(() -> carol.ending() != null);
        scene.assertQuiet();
    }
}
