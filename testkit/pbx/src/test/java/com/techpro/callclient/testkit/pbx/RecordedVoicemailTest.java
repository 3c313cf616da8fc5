// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.adapters.phonesystems.PhoneSystems;
import com.techpro.callclient.engine.SipRegistrar;
import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.engine.call.CallState;
import com.techpro.callclient.engine.voicemail.Playback;
import com.techpro.callclient.engine.voicemail.PlaybackSnapshot;
import com.techpro.callclient.engine.voicemail.VoicemailItem;
import com.techpro.callclient.engine.voicemail.VoicemailSnapshot.Availability;
import com.techpro.callclient.ports.phonesystem.HostPort;
import com.techpro.callclient.ports.phonesystem.Login;
import com.techpro.callclient.ports.phonesystem.LoginOutcome;
import com.techpro.callclient.ports.phonesystem.PhoneSystem;
import com.techpro.callclient.ports.phonesystem.SipAccount;
import com.techpro.callclient.ports.secret.Secret;
import com.techpro.callclient.ports.voicemail.VoicemailAudio;
import com.techpro.callclient.ports.voicemail.VoicemailBox;
import com.techpro.callclient.testkit.contracts.Await;
import com.techpro.callclient.testkit.contracts.FakeLoginContext;
import com.techpro.callclient.testkit.contracts.FakePhoneSystem;
import com.techpro.callclient.testkit.contracts.Sound;
import com.techpro.callclient.testkit.pbx.media.FrameClock;
import com.techpro.callclient.testkit.pbx.sound.GsmSounds;
import com.techpro.callclient.testkit.pbx.sound.Prompts;
import com.techpro.callclient.testkit.pbx.sound.WavFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Promise U5, the whole way: a caller speaks, the PBX records, the engine fetches the message from the mail server and plays it. Calls and playback are in
 * virtual time, the mail server is a real one.
 */
class RecordedVoicemailTest {
    /** How its PBX behaves. */
    PbxBuilder profile(PbxBuilder builder) {
        return builder;
    }

    private final FakeLoginContext mail = new FakeLoginContext().local("pbx.test");
    private PbxScene scene;

    @AfterEach
    void close() {
        scene.close();
        Await.until(() -> mail.open() == 0, Duration.ofSeconds(30));
    }

    @ParameterizedTest
    @CsvSource({"wav, 1, 0.99", "mulaw, 7, 0.99", "wav49, 49, 0.93"})
    void U5_speech_that_the_pbx_recorded_is_played(String format, int formatTag, double likeness) throws IOException {
        scene = new PbxScene(41, settings -> profile(settings).voicemail(boxes -> boxes.format(format)));
        short[] speech = GsmSounds.speech();
        PbxScene.Phone alice = scene.phone("1001").registered();
        alice.audio.microphone(Sound.looping(speech));
        Call call = alice.account.dial("*1002");
        scene.until(() -> call.snapshot().state() == CallState.ESTABLISHED);
        call.sendDtmf("1");
        scene.pass(Duration.ofSeconds(5));
        call.hangUp();
        scene.pass(Duration.ofSeconds(1));

        PbxScene.Phone bob = scene.phone("1003");
        VoicemailBox box = mailbox();
        var login = bob.client
                .login(new FakePhoneSystem(account(), box), Login.of("1002@pbx.test", Secret.of("secret")))
                .toCompletableFuture();
        scene.until(login::isDone);
        scene.until(() -> bob.client.voicemail().snapshot().availability() == Availability.AVAILABLE);
        VoicemailItem message = bob.client.voicemail().snapshot().messages().get(0);
        bob.audio.forgetHeard();
        Playback playback = bob.client.voicemail().play(message.id());
        scene.until(() -> playback.snapshot().state() == PlaybackSnapshot.State.ENDED, Duration.ofSeconds(20));
        short[] heard = bob.audio.heard();
        playback.close();
        byte[] file = only(mailbox());

        assertThat(file[20]).as("the format that the file names").isEqualTo((byte) formatTag);
        assertThat(heard.length).isGreaterThan(3 * FrameClock.RATE);
        assertThat(bestCorrelation(speech, Arrays.copyOfRange(heard, FrameClock.RATE, 2 * FrameClock.RATE)))
                .isGreaterThan(likeness);
    }

    @Test
    void a_caller_is_greeted_in_words_and_a_beep_and_none_of_it_is_recorded() {
        scene = new PbxScene(42, settings -> profile(settings).voicemail());
        PbxScene.Phone alice = scene.phone("1001").registered();
        Call call = alice.account.dial("*1002");
        scene.until(() -> call.snapshot().state() == CallState.ESTABLISHED);
        alice.audio.forgetHeard();
        scene.pass(Duration.ofSeconds(4));
        short[] words = Arrays.copyOfRange(alice.audio.heard(), FrameClock.RATE, 2 * FrameClock.RATE);
        assertThat(bestCorrelation(Prompts.greeting(), words)).isGreaterThan(0.95);
        assertThat(alice.hears(1_000)).as("the beep, later").isLessThan(500);
        assertThat(alice.hears(1_000)).as("the beep").isGreaterThan(1_000);

        alice.speaking(440);
        scene.pass(Duration.ofSeconds(3));
        call.hangUp();
        scene.pass(Duration.ofSeconds(1));
        short[] message = WavFile.read(only(mailbox()));

        assertThat(message.length).isBetween(2 * FrameClock.RATE, 5 * FrameClock.RATE);
        assertThat(Sound.amplitudeOf(1_000, message, FrameClock.RATE)).isLessThan(100);
        assertThat(Sound.amplitudeOf(440, message, FrameClock.RATE)).isGreaterThan(3_000);
    }

    /** The sound of the one message there. */
    private static byte[] only(VoicemailBox box) {
        try (box;
                VoicemailAudio audio = box.open(box.list(0, 2).messages().get(0).id())) {
            return audio.bytes().readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private SipAccount account() {
        return scene.pbx.account("1002").build();
    }

    /** The real mailbox of 1002, by IMAP. */
    private VoicemailBox mailbox() {
        HostPort address = scene.pbx.voicemail().address();
        PhoneSystem system = PhoneSystems.withVoicemail(SipRegistrar.phoneSystem(), "pbx.test", address.port());
        Login login = Login.of(
                        scene.pbx.voicemail().user("1002"),
                        scene.pbx.voicemail().password("1002"))
                .trusting(scene.pbx.tlsTrust());
        LoginOutcome outcome = system.logIn(login, mail);
        return Objects.requireNonNull(
                ((LoginOutcome.LoggedIn) outcome).session().voicemailBox());
    }

    /** How alike a piece is to the looped original, at the place where it is most alike: 1 is the same. */
    private static double bestCorrelation(short[] original, short[] piece) {
        double best = -1;
        for (int shift = 0; shift < original.length; shift++) {
            double both = 0;
            double one = 0;
            double other = 0;
            for (int i = 0; i < piece.length; i++) {
                double first = original[(shift + i) % original.length];
                both += first * piece[i];
                one += first * first;
                other += (double) piece[i] * piece[i];
            }
            best = Math.max(best, both / Math.sqrt(one * other));
        }
        return best;
    }
}
