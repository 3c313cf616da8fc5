// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.client;

import com.techpro.callclient.engine.internal.call.context.AudioStreams;
import com.techpro.callclient.engine.internal.tone.Tone;
import com.techpro.callclient.engine.internal.tone.ToneMixer;
import com.techpro.callclient.engine.internal.voicemail.play.Speaker;
import com.techpro.callclient.ports.audio.AudioFormat;
import com.techpro.callclient.ports.audio.AudioPort;
import com.techpro.callclient.ports.audio.PlaybackSource;
import com.techpro.callclient.ports.time.Timer;
import com.techpro.callclient.stack.loop.EngineLoop;
import java.time.Duration;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * A loudspeaker that is open only while it plays one tone. If a device cannot be opened, the
 * default device in narrow-band replaces it. If that fails too, both are retried while the tone is
 * wanted. Belongs to the loop.
 */
final class ToneSpeaker {
    /** Time for the tone to fade and for the device to play what it has. */
    static final Duration FADE = Duration.ofMillis(60);

    private static final Duration RETRY = Duration.ofSeconds(2);

    private final EngineLoop loop;
    private final Runnable unavailable;
    private final ToneMixer mixer = new ToneMixer();
    private final Speaker speaker;
    /** The source for the open or opening device. */
    private volatile PlaybackSource source = ToneMixer.SILENCE;

    private @Nullable Tone tone;
    private @Nullable String device;
    private int rate = AudioFormat.NARROWBAND.sampleRate();
    private boolean fellBack;
    private boolean told;
    private @Nullable Timer timer;

    /** @param unavailable called once for each tone that has no device */
    ToneSpeaker(EngineLoop loop, Executor worker, AudioPort port, AudioStreams streams, Runnable unavailable) {
        this.loop = loop;
        this.unavailable = unavailable;
        this.speaker = new Speaker(loop, worker, port, streams, frame -> source.fill(frame), this::changed);
    }

    boolean isPlaying() {
        return tone != null;
    }

    /** Plays a tone until {@link #stop}. */
    void play(Tone wanted, @Nullable String deviceId) {
        stopTimer();
        tone = wanted;
        device = deviceId;
        told = false;
        open();
    }

    private void open() {
        fellBack = false;
        begin(device, false);
    }

    private void begin(@Nullable String deviceId, boolean narrowband) {
        Tone wanted = tone;
        int before = rate;
        rate = AudioFormat.NARROWBAND.sampleRate();
        if (wanted instanceof Tone.Recorded recorded) {
            Tone.Recorded sound = narrowband ? recorded.narrowband() : recorded;
            rate = sound.sampleRate();
            mixer.progress(sound);
        } else {
            mixer.progress(wanted);
        }
        if (rate != before) {
            // The device still plays the fading tone at the other rate.
            speaker.want(false, rate);
        }
        source = mixer.over(ToneMixer.SILENCE, rate);
        speaker.route(deviceId);
        speaker.want(true, rate);
    }

    /** Stops with the next frame; the device is closed a moment later. */
    void stop() {
        if (tone != null) {
            tone = null;
            mixer.progress(null);
            stopTimer();
            timer = loop.schedule(FADE, this::close);
        }
    }

    /** Releases the device at once. */
    void close() {
        tone = null;
        stopTimer();
        speaker.want(false, rate);
    }

    private void stopTimer() {
        if (timer != null) {
            timer.cancel();
            timer = null;
        }
    }

    private void changed(Speaker.Change change) {
        // The port reopens a lost device itself (AUD-4).
        if (change != Speaker.Change.UNAVAILABLE || tone == null) {
            return;
        }
        boolean another = device != null || (tone instanceof Tone.Recorded own && own.narrowband() != own);
        if (another && !fellBack) {
            fellBack = true;
            begin(null, true);
            return;
        }
        if (!told) {
            told = true;
            unavailable.run();
        }
        stopTimer();
        timer = loop.schedule(RETRY, this::open);
    }
}
