// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.voicemail;

import com.techpro.callclient.engine.CallClient;
import com.techpro.callclient.engine.CallClientConfig;
import com.techpro.callclient.engine.voicemail.Playback;
import com.techpro.callclient.ports.audio.AudioDevice;
import com.techpro.callclient.ports.audio.AudioFormat;
import com.techpro.callclient.ports.audio.AudioPort;
import com.techpro.callclient.ports.audio.AudioStream;
import com.techpro.callclient.ports.audio.AudioStreamListener;
import com.techpro.callclient.ports.audio.AudioUnavailableException;
import com.techpro.callclient.ports.audio.CaptureSink;
import com.techpro.callclient.ports.audio.PlaybackSource;
import com.techpro.callclient.ports.phonesystem.Login;
import com.techpro.callclient.ports.secret.Secret;
import com.techpro.callclient.testkit.contracts.Await;
import com.techpro.callclient.testkit.contracts.FakePhoneSystem;
import com.techpro.callclient.testkit.contracts.FakeVoicemailBox;
import com.techpro.callclient.testkit.contracts.Seeds;
import com.techpro.callclient.testkit.pbx.sound.WavFile;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A process that plays a message of five minutes, and waits to be killed. */
public final class PlayingForever {
    /** Says that it plays, and that some of it is in the cache. */
    static final String PLAYING = "playing";

    private PlayingForever() {}

    /** The message: noise, so that any piece of it is found again. */
    static short[] message() {
        short[] samples = new short[5 * 60 * 8_000];
        Random random = Seeds.random(2_026);
        for (int i = 0; i < samples.length; i++) {
            samples[i] = (short) random.nextInt();
        }
        return samples;
    }

    /** @param arguments the folder of the cache */
    public static void main(String[] arguments) throws Exception {
        FakeVoicemailBox.Mailbox mailbox = new FakeVoicemailBox.Mailbox();
        String id = mailbox.deliver("1002", null, Instant.EPOCH, null, WavFile.write(message(), WavFile.Encoding.PCM));
        CallClient client = CallClient.create(CallClientConfig.builder()
                .callbacks(Runnable::run)
                .platform(p -> p.audio(new Loudspeaker()).voicemailCache(Path.of(arguments[0])))
                .build());
        client.login(
                        FakePhoneSystem.ofMailbox(new FakeVoicemailBox(mailbox)),
                        Login.of("alice@pbx.invalid", Secret.of("secret")))
                .toCompletableFuture()
                .get(30, TimeUnit.SECONDS);
        Playback playback = client.voicemail().play(id);
        Await.until(
                () -> playback.snapshot().position().compareTo(Duration.ofMillis(300)) > 0
                        && playback.snapshot().arrived().equals(Duration.ofMinutes(5)),
                Duration.ofSeconds(60));
        System.out.println(PLAYING);
        new CountDownLatch(1).await();
    }

    /** Takes what it is given, at the pace of a device. */
    private static final class Loudspeaker implements AudioPort {
        @Override
        public List<AudioDevice> devices() {
            return List.of(new AudioDevice("loud", "Loud", AudioDevice.Direction.PLAYBACK, true));
        }

        @Override
        public AudioStream openCapture(
                @Nullable String deviceId, AudioFormat format, CaptureSink sink, AudioStreamListener listener)
                throws AudioUnavailableException {
            throw new AudioUnavailableException(AudioUnavailableException.Reason.NOT_PERMITTED, "no microphone here");
        }

        @Override
        public AudioStream openPlayback(
                @Nullable String deviceId, AudioFormat format, PlaybackSource source, AudioStreamListener listener) {
            CountDownLatch closed = new CountDownLatch(1);
            Thread device = new Thread(
                    () -> {
                        short[] frame = new short[format.samplesPerFrame()];
                        try {
                            while (!closed.await(format.frame().toMillis(), TimeUnit.MILLISECONDS)) {
                                source.fill(frame);
                            }
                        } catch (InterruptedException e) {
                            Thread.currentThread().interrupt();
                        }
                    },
                    "loudspeaker");
            device.setDaemon(true);
            device.start();
            return new AudioStream() {
                @Override
                public void setMuted(boolean muted) {}

                @Override
                public void close() {
                    closed.countDown();
                }
            };
        }
    }
}
