// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.PhoneScene.Phone;
import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.engine.call.CallEvent;
import com.techpro.callclient.engine.call.CallState;
import com.techpro.callclient.engine.call.HoldState;
import com.techpro.callclient.engine.call.MediaKeying;
import com.techpro.callclient.ports.phonesystem.KeyingPolicy;
import com.techpro.callclient.ports.phonesystem.SipAccount;
import com.techpro.callclient.ports.phonesystem.SrtpSuite;
import com.techpro.callclient.stack.media.dtls.DtlsIdentity;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Two whole engines under each policy of keys: what they agree on, what their users are shown, and that both hear. */
class KeyingScenarioTest {
    private static final double LOUD = 6_000;

    private final PhoneScene scene = new PhoneScene(5763);

    @AfterEach
    void close() {
        scene.close();
    }

    @ParameterizedTest
    @CsvSource({
        "PREFER_SDES, PREFER_DTLS, SDES",
        "PREFER_DTLS, PREFER_SDES, DTLS",
        "DTLS_ONLY, PREFER_SDES, DTLS",
        "PREFER_SDES, DTLS_ONLY, DTLS",
        "PREFER_DTLS, SDES_ONLY, SDES",
        "OFFER_BOTH, PREFER_SDES, SDES",
        "OFFER_BOTH, PREFER_DTLS, DTLS",
        "OFFER_BOTH, DTLS_ONLY, DTLS",
        "OFFER_BOTH, SDES_ONLY, SDES"
    })
    void audio_flows_both_ways_with_the_keying_that_both_policies_allow(
            KeyingPolicy caller, KeyingPolicy callee, MediaKeying agreed) {
        Phone alice = phone("alice", "192.0.2.1", caller, 1_000);
        Phone bob = phone("bob", "192.0.2.2", callee, 2_000);
        Call call = scene.talk(alice, bob);
        scene.pass(Duration.ofSeconds(1));

        for (Call end : new Call[] {call, bob.incoming}) {
            assertThat(end.snapshot().keying()).isEqualTo(agreed);
            assertThat(end.snapshot().cipher()).isEqualTo(SrtpSuite.AEAD_AES_256_GCM);
            assertThat(end.snapshot().encrypted()).isTrue();
        }
        assertThat(alice.hears(2_000)).isGreaterThan(LOUD);
        assertThat(bob.hears(1_000)).isGreaterThan(LOUD);
        call.hangUp();
        alice.assertQuiet();
        bob.assertQuiet();
    }

    @ParameterizedTest
    @CsvSource({"SDES_ONLY, DTLS_ONLY", "DTLS_ONLY, SDES_ONLY"})
    void no_call_is_made_with_nothing_in_common_and_it_is_said_why(KeyingPolicy caller, KeyingPolicy callee) {
        Phone alice = phone("alice", "192.0.2.1", caller, 1_000);
        Phone bob = phone("bob", "192.0.2.2", callee, 2_000);
        Call call = alice.account.dial("bob");
        scene.until(() -> call.snapshot().state() == CallState.ENDED);
        assertThat(call.snapshot().ending().code()).startsWith("encryption-");
        assertThat(bob.incoming).isNull();
    }

    @Test
    void the_cipher_is_told_when_the_handshake_is_done() {
        Phone alice = phone("alice", "192.0.2.1", KeyingPolicy.PREFER_DTLS, 1_000);
        Phone bob = phone("bob", "192.0.2.2", KeyingPolicy.PREFER_DTLS, 2_000);
        Call call = scene.talk(alice, bob);
        assertThat(call.snapshot().keying()).isEqualTo(MediaKeying.DTLS);
        scene.pass(Duration.ofSeconds(1));
        assertThat(alice.told(CallEvent.MediaChanged.class))
                .anyMatch(event -> event.after().cipher() == SrtpSuite.AEAD_AES_256_GCM);
        assertThat(call.snapshot().quality().suite()).isEqualTo(SrtpSuite.AEAD_AES_256_GCM);
    }

    /** Whoever holds offers anew, with actpass; the handshake and its keys stay. */
    @Test
    void holds_of_both_ends_leave_the_keys_as_they_are() {
        Phone alice = phone("alice", "192.0.2.1", KeyingPolicy.PREFER_DTLS, 1_000);
        Phone bob = phone("bob", "192.0.2.2", KeyingPolicy.PREFER_SDES, 2_000);
        Call out = scene.talk(alice, bob);
        scene.pass(Duration.ofSeconds(1));
        scene.network.trace().clear();
        for (Call holder : new Call[] {out, bob.incoming}) {
            Call held = holder == out ? bob.incoming : out;
            holder.hold();
            scene.until(() -> held.snapshot().hold() == HoldState.REMOTE);
            scene.pass(Duration.ofMillis(300));
            holder.resume();
            scene.until(() -> held.snapshot().hold() == HoldState.NONE);
            assertThat(alice.hears(2_000)).isGreaterThan(LOUD);
            assertThat(bob.hears(1_000)).isGreaterThan(LOUD);
        }
        assertThat(scene.network.trace().packets())
                .noneMatch(
                        packet -> packet.payload().length > 0 && packet.payload()[0] >= 20 && packet.payload()[0] < 64);
    }

    /** Making it takes long enough to hold up other calls. */
    @Test
    void no_call_makes_the_key_that_it_shows_in_its_handshake() {
        MakersOfKeys makers = new MakersOfKeys();
        SipAccount account = PhoneScene.account("alice").toBuilder()
                .keyingPolicy(KeyingPolicy.PREFER_DTLS)
                .build();
        Phone alice = scene.phone("192.0.2.1", account, config -> config.lab(lab -> lab.random(makers)))
                .registered();
        Phone bob = phone("bob", "192.0.2.2", KeyingPolicy.PREFER_SDES, 2_000);
        Call call = scene.talk(alice, bob);
        scene.pass(Duration.ofSeconds(1));
        assertThat(call.snapshot().cipher()).isNotNull();
        assertThat(makers.calls).isNotEmpty().containsOnly(false);
    }

    /** Notes, of each number drawn for an account's key, whether a call or the account waits for it. */
    private static final class MakersOfKeys extends Random {
        private static final long serialVersionUID = 1;
        private final transient List<Boolean> calls = new ArrayList<>();

        MakersOfKeys() {
            super(5763);
        }

        @Override
        protected int next(int bits) {
            List<String> stack = Arrays.stream(new Throwable().getStackTrace())
                    .map(StackTraceElement::getClassName)
                    .toList();
            if (stack.contains(DtlsIdentity.class.getName())) {
                calls.add(stack.stream().anyMatch(name -> name.contains(".internal.call.")));
            }
            return super.next(bits);
        }
    }

    private Phone phone(String user, String address, KeyingPolicy policy, double tone) {
        SipAccount account =
                PhoneScene.account(user).toBuilder().keyingPolicy(policy).build();
        return scene.phone(address, account).registered().speaking(tone);
    }
}
