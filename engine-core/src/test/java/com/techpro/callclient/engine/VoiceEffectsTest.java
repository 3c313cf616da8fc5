// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.PhoneScene.Phone;
import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.engine.call.VoiceEffects;
import com.techpro.callclient.ports.audio.VoiceEffect;
import com.techpro.callclient.testkit.contracts.Sound;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a device does not do to its microphone's sound the engine does, if the host wants it. */
class VoiceEffectsTest {
    private static final Set<VoiceEffect> ALL = EnumSet.allOf(VoiceEffect.class);
    /** Noise in syllables of a fifth of a second. */
    private static final Sound TALK = (index, rate) ->
            (short) (Sound.noise(9, 6_000).at(index, rate) * Math.abs(Math.sin(Math.PI * index * 2.5 / rate)));

    private final PhoneScene scene = new PhoneScene(61);
    private final Phone bob = scene.phone("bob", "192.0.2.2").registered();

    @AfterEach
    void close() {
        scene.close();
    }

    @Test
    void the_echo_of_a_loudspeaker_is_not_sent_back() {
        Phone alice = onLoudspeaker(Set.of(), ALL);
        Call call = scene.talk(alice, bob);
        double echo = echoHeard();

        assertThat(call.voiceEffects()).isEqualTo(new VoiceEffects(Set.of(), ALL));
        assertThat(echo).isLessThan(-30);
    }

    @Test
    void a_device_that_does_it_all_is_left_alone() {
        Phone alice = onLoudspeaker(ALL, ALL);
        Call call = scene.talk(alice, bob);

        assertThat(call.voiceEffects()).isEqualTo(new VoiceEffects(ALL, Set.of()));
        assertThat(echoHeard()).isGreaterThan(-3);
    }

    @Test
    void effects_that_the_host_does_not_want_are_not_applied() {
        Phone alice = onLoudspeaker(Set.of(), Set.of());
        Call call = scene.talk(alice, bob);

        assertThat(call.voiceEffects()).isEqualTo(new VoiceEffects(Set.of(), Set.of()));
        assertThat(echoHeard()).isGreaterThan(-3);
    }

    @Test
    void the_engine_adds_only_the_effects_that_the_device_lacks() {
        Phone alice = onLoudspeaker(Set.of(VoiceEffect.NOISE_SUPPRESSION), ALL);
        Call call = alice.account.dial("bob");
        assertThat(call.voiceEffects()).isEqualTo(VoiceEffects.NONE);
        scene.until(() -> bob.incoming != null);
        bob.incoming.answer();
        scene.pass(Duration.ofSeconds(1));

        assertThat(call.voiceEffects())
                .isEqualTo(new VoiceEffects(
                        Set.of(VoiceEffect.NOISE_SUPPRESSION),
                        Set.of(VoiceEffect.ECHO_CANCELLATION, VoiceEffect.AUTO_GAIN_CONTROL)));
        var unused = call.hold();
        scene.pass(Duration.ofSeconds(1));
        assertThat(call.voiceEffects()).isEqualTo(VoiceEffects.NONE);
    }

    /** A phone whose microphone hears its loudspeaker. */
    private Phone onLoudspeaker(Set<VoiceEffect> byDevice, Set<VoiceEffect> wanted) {
        Phone alice = scene.phone("alice", "192.0.2.1", config -> config.platform(p -> p.voiceEffects(wanted)));
        alice.audio.voiceEffects(byDevice).loopback();
        return alice.registered();
    }

    /** How loud Bob hears himself after five seconds, in dB of how loud he talks. */
    private double echoHeard() {
        bob.audio.microphone(TALK);
        scene.pass(Duration.ofSeconds(5));
        bob.audio.forgetHeard();
        scene.pass(Duration.ofSeconds(2));
        short[] said = new short[16_000];
        for (int i = 0; i < said.length; i++) {
            said[i] = TALK.at(i, 8_000);
        }
        return 20 * Math.log10(Math.max(1, Sound.rootMeanSquare(bob.audio.heard())) / Sound.rootMeanSquare(said));
    }
}
