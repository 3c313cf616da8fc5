// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine;

import com.techpro.callclient.engine.PhoneScene.Phone;
import com.techpro.callclient.engine.voicemail.Playback;
import com.techpro.callclient.engine.voicemail.PlaybackSnapshot;
import com.techpro.callclient.engine.voicemail.VoicemailSnapshot;
import com.techpro.callclient.ports.phonesystem.Login;
import com.techpro.callclient.ports.phonesystem.Policy;
import com.techpro.callclient.ports.secret.Secret;
import com.techpro.callclient.testkit.contracts.FakeVoicemailBox;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Alice with a mailbox at her phone system, and messages in it that are tones. */
final class VoicemailScene implements AutoCloseable {
    static final Instant MORNING = Instant.parse("2026-01-01T08:00:00Z");

    final PhoneScene scene = new PhoneScene(31);
    final FakeVoicemailBox.Mailbox mailbox = new FakeVoicemailBox.Mailbox();
    final TestPhoneSystem system;
    final Phone alice;

    VoicemailScene() {
        this(config -> config, Policy.OPEN);
    }

    VoicemailScene(UnaryOperator<CallClientConfig.Builder> settings, Policy policy) {
        system = new TestPhoneSystem("alice", policy).withVoicemail(new FakeVoicemailBox(mailbox), "*97");
        alice = scene.phone("alice", "192.0.2.1", settings);
    }

    VoicemailScene loggedIn() {
        await(alice.client.login(system, Login.of("alice@example.com", Secret.of("secret"))));
        scene.pass(Duration.ofMillis(100));
        return this;
    }

    /** The nth message, an hour after the one before: a tone of so many seconds. */
    String leave(int n, @Nullable String number, int seconds) {
        return mailbox.deliver(number, null, at(n), Duration.ofSeconds(seconds), tone(440, 8_000 * seconds));
    }

    static Instant at(int n) {
        return MORNING.plus(Duration.ofHours(n));
    }

    VoicemailSnapshot shown() {
        return alice.client.voicemail().snapshot();
    }

    List<String> ids() {
        List<String> ids = new ArrayList<>();
        shown().messages().forEach(item -> ids.add(item.id()));
        return ids;
    }

    <T> T await(CompletionStage<T> stage) {
        var future = stage.toCompletableFuture();
        scene.until(future::isDone);
        return future.join();
    }

    /** Lets time pass until the playback does this. */
    void until(Playback playback, PlaybackSnapshot.State state) {
        scene.until(() -> playback.snapshot().state() == state, Duration.ofMinutes(2));
    }

    /** A WAV file as a phone system writes it. */
    static byte[] tone(double hertz, int samples) {
        ByteBuffer wav = ByteBuffer.allocate(44 + 2 * samples).order(ByteOrder.LITTLE_ENDIAN);
        wav.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(36 + 2 * samples);
        wav.put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII)).putInt(16);
        wav.putShort((short) 1).putShort((short) 1).putInt(8_000).putInt(16_000);
        wav.putShort((short) 2).putShort((short) 16);
        wav.put("data".getBytes(StandardCharsets.US_ASCII)).putInt(2 * samples);
        for (int i = 0; i < samples; i++) {
            wav.putShort((short) Math.round(8_000 * Math.sin(2 * Math.PI * hertz * i / 8_000)));
        }
        return wav.array();
    }

    @Override
    public void close() {
        scene.close();
    }
}
